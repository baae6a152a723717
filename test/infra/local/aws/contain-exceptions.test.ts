import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

async function run(environment: Record<string, string>) {
  const file = fileURLToPath(new URL("throwing-process.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", file], {
    env: { ...process.env, BURSAR_DEBUG: "", ...environment },
  });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  return { code, stderr };
}

test("what nobody is concerned with ends the process in a sentence", async () => {
  expect(await run({})).toEqual({ code: 1, stderr: "\nThe table is on fire.\n" });
});

test("from where it came is said to who asks for it", async () => {
  const { code, stderr } = await run({ BURSAR_DEBUG: "1" });
  expect(code).toBe(1);
  expect(stderr).toMatch(/at .*throwing-process\.ts/);
});
