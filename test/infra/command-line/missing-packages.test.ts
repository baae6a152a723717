import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { explainMissingDevelopment } from "#infra/command-line/explain-missing-package.js";
import { sentenceFor } from "#infra/command-line/sentence-for.ts";
import { makeFolder } from "#test/support/use-folder.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const runSources = path.join(root, "infra/command-line/run-sources.js");

/** A program outside of the house, where no package is found. */
async function runElsewhere(text: string) {
  const file = path.join(await makeFolder(), "program.mts");
  await writeFile(file, text);
  const { status, stdout, stderr } = spawnSync(process.execPath, [runSources, file], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("a program that needs a development package says which, in a sentence, when it is not installed", async () => {
  const needing = 'import "aws-cdk-lib/cx-api";\nconsole.log("started");';
  await expect(runElsewhere(needing)).resolves.toEqual({
    status: 1,
    stdout: "",
    stderr:
      "This needs aws-cdk-lib, a development package which is not installed. Run `npm ci`, without `--omit=dev`.\n",
  });
});

test("one that needs a package of all programs says what installs them", async () => {
  const { status, stderr } = await runElsewhere('import "commander";');
  expect([status, stderr]).toEqual([1, "Bursar's packages are not installed. Run `npm ci`.\n"]);
});

test("a file that is not there and an error of a program's own are none of a package", async () => {
  const { stderr } = await runElsewhere('import "./no-such-file.ts";');
  expect(stderr).toContain("no-such-file.ts");
  expect(stderr).not.toContain("npm ci");
  const own = await runElsewhere('throw new Error("mine");');
  expect([own.status, own.stderr]).toEqual([1, expect.stringContaining("Error: mine") as string]);
});

test("what is loaded late is explained by the command's own sentence", async () => {
  const elsewhere = createRequire(path.join(await makeFolder(), "any.js"));
  const failed = await Promise.resolve()
    .then(() => elsewhere("aws-cdk/bin/cdk") as unknown)
    .catch((error: unknown) => error);
  expect(sentenceFor(failed)).toMatch(/^This needs aws-cdk, a development package/);
});

test("tools that are called by their own names are asked for before, all at once", async () => {
  expect(explainMissingDevelopment()).toBeUndefined();
  const empty = pathToFileURL(`${await makeFolder()}/`);
  expect(explainMissingDevelopment(empty)).toMatch(
    /^This needs .*typescript.*, development packages which are not installed\. Run `npm ci`/,
  );
});
