import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test, vi } from "vitest";
import { buildConsole } from "#infra/operate/console/build-client.ts";

const KILOBYTE = 1_000;

test("what the console's first page loads is at most 150 kB, compressed", { timeout: 120_000 }, async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "bursar-console-"));
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(directory, { recursive: true });
  });
  // As `npm start` builds it: React for tests is larger.
  vi.stubEnv("NODE_ENV", "production");
  await buildConsole(directory);
  const page = await readFile(path.join(directory, "index.html"), "utf8");
  const assets = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, asset]) => asset ?? "");
  expect(assets.length).toBeGreaterThanOrEqual(2);
  const files = await Promise.all(assets.map((asset) => readFile(path.join(directory, asset))));
  const sizes = files.map((file) => gzipSync(file).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(150 * KILOBYTE);
});
