import { readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { openClientPage } from "#handlers/client-shell.ts";
import { useApi } from "#test/handlers/use-api.ts";
import { paidCourse } from "#test/support/payment-events.ts";

const api = useApi();

const source = readFileSync(new URL("../../../client/index.html", import.meta.url), "utf8");
const open = (courseId: string) => api.request("GET", `/courses/${courseId}`);

describe("a course's page", () => {
  test("is the client's own, and says which course it is to whoever runs no script", async () => {
    api.shell = () => source;
    const { status, page = "", cache } = await open(paidCourse.courseId);
    expect([status, cache]).toEqual([200, "max-age=0, s-maxage=60, stale-if-error=86400"]);
    expect(page).toContain(`<title>${paidCourse.name} · Bursar</title>`);
    expect(page).toContain(`<meta property="og:title" content="${paidCourse.name}">`);
    expect(page).toContain(
      `<meta property="og:url" content="https://courses.example.com/courses/${paidCourse.courseId}">`,
    );
    expect(page).toContain('<meta property="og:image" content="https://courses.example.com/preview.png">');
    // Once, and nothing of the page itself is lost.
    expect(page.match(/<title>|og:title|og:image|name="description"/g)).toHaveLength(4);
    for (const part of ['<html lang="en">', '<div id="root"></div>', "/main.tsx", "favicon.svg", "viewport"])
      expect(page).toContain(part);
  });

  test("shows the course's own picture, where it is this site's", async () => {
    const imageOf = async (imageUrl: string) => {
      api.stores.courses.set("A", { ...paidCourse, courseId: "A", imageUrl });
      return /og:image" content="([^"]*)"/.exec((await open("A")).page ?? "")?.[1];
    };
    await expect(imageOf("/covers/a.webp")).resolves.toBe("https://courses.example.com/covers/a.webp");
    await expect(imageOf("https://elsewhere.example/a.webp")).resolves.toBe(
      "https://courses.example.com/preview.png",
    );
    await expect(imageOf("//elsewhere.example/a.webp")).resolves.toBe(
      "https://courses.example.com/preview.png",
    );
  });

  test("whose texts are markup and patterns has them as text", async () => {
    const name = `"><script>attacked=1</script>'$&$'`;
    api.stores.courses.set("A", { ...paidCourse, courseId: "A", name, description: `</head>${name}` });
    const { page = "" } = await open("A");
    const escaped = "&quot;&gt;&lt;script&gt;attacked=1&lt;/script&gt;&#39;$&amp;$&#39;";
    expect(page).toContain(`<title>${escaped} · Bursar</title>`);
    expect(page).toContain(`<meta property="og:description" content="&lt;/head&gt;${escaped}">`);
    expect(page.match(/<script|<\/head>/g)).toEqual(["</head>"]);
  });

  test.each(["GONE", "x".repeat(300), "%00"])(
    "that is none, %s, is 404 with the client's page",
    async (courseId) => {
      await expect(open(courseId)).resolves.toMatchObject({ status: 404, page: api.shell() });
    },
  );

  test("is there when the table is not, and kept by nobody then", async () => {
    api.stores.findCourse = () => Promise.reject(new Error("away"));
    await expect(open("A")).resolves.toMatchObject({ status: 200, page: api.shell(), cache: "no-cache" });
  });
});

describe("the client's page", () => {
  test("is asked for once a minute, and the last one stands when the site does not answer", async () => {
    let time = 0;
    const answers = ["one", "two"].map((html) => new Response(html));
    const fetched = vi.fn(async () => answers.shift() ?? new Response("away", { status: 503 }));
    vi.stubGlobal("fetch", fetched);
    const { readShell: read } = openClientPage("https://courses.example.com", () => new Date(time));
    const seen: string[] = [];
    for (time of [0, 59_999, 60_000, 120_000]) seen.push(await read());
    expect(seen).toEqual(["one", "one", "two", "two"]);
    expect(fetched).toHaveBeenCalledTimes(3);
    const other = openClientPage("https://courses.example.com", () => new Date(time));
    await expect(other.readShell()).rejects.toThrow("503");
    vi.unstubAllGlobals();
  });
});
