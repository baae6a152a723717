import { defineConfig } from "vitest/config";

/** Browser tests share one Chromium and one machine, so files run one after another. */
export default defineConfig({
  root: new URL("../..", import.meta.url).pathname,
  test: {
    include: ["test/end-to-end/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
