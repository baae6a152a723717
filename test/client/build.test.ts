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

/** The scripts that a browser runs before the catalogue is there: the entry and what it imports at once. */
function firstLoad() {
  const chunks = output.filter((file) => file.type === "chunk");
  const entry = chunks.find((chunk) => chunk.isEntry);
  const names = new Set([entry?.fileName, ...(entry?.imports ?? [])]);
  return chunks.filter((chunk) => names.has(chunk.fileName));
}

test("the catalogue's first load is at most 120 kB of JavaScript, gzipped", () => {
  const size = firstLoad().reduce((sum, { code }) => sum + gzipSync(code).length, 0);
  expect(firstLoad().length).toBeGreaterThan(0);
  expect(size).toBeLessThanOrEqual(120_000);
});

test("Stripe is not in the first load, and neither are the sign-in library and the words of another language", () => {
  const modules = firstLoad().flatMap((chunk) => chunk.moduleIds);
  expect(modules.filter((id) => /stripe-js|oidc-client-ts|zod|words\/german/.test(id))).toEqual([]);
  expect(modules.filter((id) => /words\/english/.test(id))).not.toEqual([]);
});

test("the page has no inline script or style, so that a strict Content-Security-Policy holds", async () => {
  const page = await readFile(new URL("../../client/index.html", import.meta.url), "utf8");
  const built = output.find((file) => file.fileName === "index.html");
  for (const html of [page, String(built?.type === "asset" && built.source)]) {
    expect(html).toContain("<script");
    expect(html).not.toMatch(/<style|<script(?![^>]*\ssrc=)| style=| on\w+=/);
  }
});
