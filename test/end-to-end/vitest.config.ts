import { defineConfig } from "vitest/config";

/** Browser tests share one stack and its misbehaving Stripe, so files run one after another. */
export default defineConfig({
  root: new URL("../..", import.meta.url).pathname,
  test: {
    include: ["test/end-to-end/**/*.test.ts"],
    globalSetup: "test/end-to-end/stack.ts",
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What is waited for comes late on a busy machine; a second, which is the default, is no time then.
    expect: { poll: { timeout: 60_000 } },
  },
});
