import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { resultOf } from "#test/support/run-npm-command.ts";
import { makeFolder } from "#test/support/use-folder.ts";

const SCRIPT = fileURLToPath(new URL("write-until-refused.ts", import.meta.url));

/** @param limit of the shell, e.g. `-f 100`: no file may grow beyond 100 KiB */
async function fillWithin(limit: string, ...words: string[]) {
  const directory = path.join(await makeFolder(), "data");
  const run = `ulimit ${limit} && exec "$0" --import tsx "$@"`;
  return resultOf(spawn("bash", ["-c", run, process.execPath, SCRIPT, directory, ...words]));
}

test("a write that finds no room is refused by its true cause, and so is every one after it, while reads go on", async () => {
  const { stdout, stderr } = await fillWithin("-f 100");
  const [first = "", second, last] = stdout.split("\n");
  expect(first).toMatch(
    /^Bursar cannot use \S+\.log: a file may not grow any further: .*Nothing was deleted\.$/,
  );
  expect(second).toBe(first);
  expect(last).toBe("the last that was stored has 10000 characters");
  expect(stderr.split("Nothing more is stored until Bursar is started again.")).toHaveLength(2);
});

test.each(["0", "1", "3"])("with %s more files to open a database is not called damaged", async (left) => {
  const { stdout } = await fillWithin("-n 200", left);
  expect(stdout).toMatch(/^Bursar cannot use \S+: too many files are open at once: .*ulimit -n/);
});
