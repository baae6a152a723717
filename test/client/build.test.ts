// @vitest-environment node
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { beforeAll, expect, test, vi } from "vitest";

type Output = Rolldown.RolldownOutput["output"];

let output: Output;

beforeAll(async () => {
  vi.stubEnv("NODE_ENV", "production");
  const configFile = new URL("../../client/vite.config.ts", import.meta.url).pathname;
  const built = await build({ configFile, logLevel: "error", build: { write: false } });
  ({ output } = built as Rolldown.RolldownOutput);
}, 60_000);

const chunks = () => output.filter((file) => file.type === "chunk");

/** What a browser runs before a page is there: the entry, the page, its language's words, and what they import at once. */
function firstLoad(page: string, language: string): Rolldown.OutputChunk[] {
  const loaded = new Set(
    chunks().filter(({ isEntry, name }) => isEntry || name === page || name === language),
  );
  for (const { imports } of loaded) {
    for (const chunk of chunks()) if (imports.includes(chunk.fileName)) loaded.add(chunk);
  }
  return [...loaded];
}

test.each([
  ["the catalogue", "index", 117_000],
  ["a course", "CoursePage", 119_000],
])(
  "the first load of %s is less than 120 kB of JavaScript, gzipped, in each language",
  (_what, page, most) => {
    for (const language of ["english", "german"]) {
      const size = firstLoad(page, language).reduce((sum, { code }) => sum + gzipSync(code).length, 0);
      expect(size, language).toBeLessThanOrEqual(most);
    }
  },
);

test("Stripe is not in the first load, and neither are the sign-in library and the words of another language", () => {
  const modules = firstLoad("index", "english").flatMap((chunk) => chunk.moduleIds);
  expect(modules.filter((id) => /stripe-js|oidc-client-ts|zod|words\/german/.test(id))).toEqual([]);
  expect(modules.filter((id) => /words\/english/.test(id))).not.toEqual([]);
  expect(
    firstLoad("index", "german")
      .flatMap((chunk) => chunk.moduleIds)
      .join(),
  ).not.toContain("words/english");
});

test("the page has no inline script or style, so that a strict Content-Security-Policy holds", async () => {
  const page = await readFile(new URL("../../client/index.html", import.meta.url), "utf8");
  const built = output.find((file) => file.fileName === "index.html");
  for (const html of [page, String(built?.type === "asset" && built.source)]) {
    expect(html).toContain("<script");
    expect(html).not.toMatch(/<style|<script(?![^>]*\ssrc=)| style=| on\w+=/);
  }
});
