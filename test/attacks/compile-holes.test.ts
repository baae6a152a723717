import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { listFiles, makeFolder } from "#test/support/use-folder.ts";
import { compileHoles } from "./holes/compile-holes.ts";
import type { Hole } from "./holes/hole.ts";

const COMPILER = "node_modules/.bin/tsc";
const holeIn = (file: string, replace: string, by: string): Hole => ({
  attack: "webhook: another amount",
  hole: "it is made up",
  file,
  replace,
  by,
  test: { file: "", title: "" },
});

/** Sources whose compiler says which files it was given. */
async function writeSources() {
  const root = await makeFolder();
  await mkdir(path.dirname(path.join(root, COMPILER)), { recursive: true });
  await writeFile(path.join(root, COMPILER), "#!/bin/sh\nls > seen.txt\n", { mode: 0o700 });
  await writeFile(path.join(root, "rule.ts"), "check();");
  await writeFile(path.join(root, "states.json"), '{ "Default": "Right" }');
  return root;
}

test("holes are compiled beside the sources, which stay as they are, TypeScript or not", async () => {
  const root = await writeSources();
  await compileHoles(root, [holeIn("rule.ts", "check();", ""), holeIn("states.json", "Right", "Wrong")]);
  await expect(readFile(path.join(root, "seen.txt"), "utf8")).resolves.toBe(
    "node_modules\nrule.hole-0.ts\nrule.ts\nseen.txt\nstates.hole-1.json\nstates.json\n",
  );
  const left = (await listFiles(root)).filter((file) => /^(rule|states)/.test(file));
  expect(left).toEqual(["rule.ts", "states.json"]);
  await expect(readFile(path.join(root, "states.json"), "utf8")).resolves.toBe('{ "Default": "Right" }');
});

test("a hole that leaves broken JSON proves nothing", async () => {
  const root = await writeSources();
  await expect(compileHoles(root, [holeIn("states.json", '"Right"', "")])).rejects.toThrow(SyntaxError);
});
