import { expect, test } from "vitest";
import { runNpmCommand } from "#test/support/run-npm-command.ts";

test("deploy asks for the publishable key before it does anything", async () => {
  const { code, stderr } = await runNpmCommand("deploy", []);
  expect(code).toBe(1);
  expect(stderr).toContain("add -c stripePublishableKey=pk_test_...");
});
