import { describe, expect, test } from "vitest";
import { readDeployment, sellerOf } from "#infra/aws/deployment-context.ts";
import { contrast, GROUNDS, shadesOf } from "#infra/deployment/accent.ts";
import { imageOriginsOf } from "#infra/deployment/seller.ts";
import { readTracked } from "#test/house/tracked-files.ts";
import { clientConfigSchema } from "#workflow/client-config.ts";

const told = (...pairs: string[]) => sellerOf(readDeployment(pairs));

describe("the seller of a deployment", () => {
  test("is the product itself unless told otherwise, and nobody hears of what goes wrong", () => {
    expect(told()).toEqual({ name: "Bursar" });
  });

  test("is what the context says, in the shape that the client reads", () => {
    const seller = told(
      "sellerName=Acme Academy",
      "sellerLogo=https://cdn.acme.example/logo.png",
      "sellerAccent=#B4002F",
      "sellerSupport=https://acme.example/help",
      "sellerTerms=https://acme.example/terms",
      "sellerPrivacy=https://acme.example/privacy",
      "alarmEmail=on-call@acme.example",
    );
    expect(seller).toEqual({
      name: "Acme Academy",
      logoUrl: "https://cdn.acme.example/logo.png",
      accent: shadesOf("#b4002f"),
      support: "https://acme.example/help",
      termsUrl: "https://acme.example/terms",
      privacyUrl: "https://acme.example/privacy",
      isTold: true,
    });
    expect(clientConfigSchema.shape.seller.parse(seller)).toEqual(seller);
    expect(imageOriginsOf(seller)).toEqual(["https://cdn.acme.example"]);
  });

  test("is refused with all its faults in one sentence", () => {
    const odd = ["sellerName=", "sellerLogo=data:image/png,x", "sellerAccent=#12", "sellerSupport=me"];
    const others = ["sellerTerms=javascript:alert(1)", "sellerPrivacy=http://acme.example"];
    expect(() => readDeployment([...odd, ...others])).toThrow(
      /sellerName .*; sellerLogo .*; sellerAccent .*; sellerSupport .*; sellerTerms .*; sellerPrivacy /,
    );
  });
});

describe("a seller's colour", () => {
  test("is compared with the grounds that the pages have", () => {
    const [light = "", dark = ""] = readTracked("client/tokens.css").split("@media (prefers-color-scheme");
    const groundsIn = (css: string) =>
      ["canvas", "surface", "sunken"].map((name) => new RegExp(`--${name}: (#\\w+)`).exec(css)?.[1]);
    expect(groundsIn(light).sort()).toEqual([...GROUNDS.light].sort());
    expect(groundsIn(dark).sort()).toEqual([...GROUNDS.dark].sort());
  });

  test.each(["#b4002f", "#0f6f64", "#ffff00", "#000000", "#ffffff", "#808080", "#00ffcc", "#1a0033"])(
    "%s is legible wherever it is used, in light and in dark",
    (colour) => {
      const shades = shadesOf(colour);
      for (const mode of ["light", "dark"] as const) {
        const { accent, strong, soft, onAccent } = shades[mode];
        const pairs = [
          ...GROUNDS[mode].flatMap((ground) => [
            [accent, ground],
            [strong, ground],
          ]),
          [accent, soft],
          [strong, soft],
          [onAccent, accent],
          [onAccent, strong],
        ] as [string, string][];
        const illegible = pairs.filter(([one, other]) => contrast(one, other) < 4.5);
        expect({ mode, illegible }).toEqual({ mode, illegible: [] });
      }
    },
  );

  test("stays as it is where it can be read", () => {
    expect(shadesOf("#b4002f").light.accent).toBe("#b4002f");
    expect(contrast("#000000", "#ffffff")).toBe(21);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  });
});
