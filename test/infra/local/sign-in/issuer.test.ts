import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { ada, useIssuer } from "./use-issuer.ts";

const shared = useIssuer();

describe("running", () => {
  test("the signing key is readable by its owner only", async () => {
    const { mode } = await stat(join(shared.dataDir, "sign-in-keys.json"));
    expect(mode & 0o777).toBe(0o600);
  });

  test.each([
    ["cut off", (text: string) => text.slice(0, 200)],
    ["of another shape", () => `{"keys":[]}`],
    ["with halves that do not match", (text: string) => text.replace(/"n":"..../, '"n":"AAAA')],
  ])("a key file %s stops the start with one sentence", async (_how, damage) => {
    const dir = await mkdtemp(join(tmpdir(), "bursar-sign-in-"));
    onTestFinished(() => rm(dir, { recursive: true }));
    const sound = await readFile(join(shared.dataDir, "sign-in-keys.json"), "utf8");
    await writeFile(join(dir, "sign-in-keys.json"), damage(sound));
    await expect(shared.start({ dataDir: dir })).rejects.toThrow(
      /^The signing keys in .* are damaged; delete/,
    );
  });

  test("a taken port rejects", async () => {
    await expect(shared.start({ port: shared.issuer.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  test("asking for a token says when no issuer runs", async () => {
    const gone = await shared.start();
    await gone.close();
    await expect(shared.signIn(ada.email, gone.url)).rejects.toThrow(/start Bursar with "npm start"/);
  });

  test("asking for a token repeats why the issuer refused", async () => {
    await expect(shared.signIn("nobody")).rejects.toThrow("Enter an e-mail address");
  });
});
