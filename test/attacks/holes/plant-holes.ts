/** Plants each hole in a copy of the sources and tells whether its test went red. */

import { copySources, plant } from "#test/support/source-copy.ts";
import { compileHoles } from "./compile-holes.ts";
import { groupByFile } from "./group-by-file.ts";
import type { Hole } from "./hole.ts";
import { judge, type Verdict } from "./judge.ts";
import { runNamedTest } from "./run-named-test.ts";

export interface PlantedHole extends Verdict {
  hole: Hole;
  seconds: number;
}

/**
 * @param announce told what is being done, and then each result
 * @throws Error when a hole has lost its place, does not compile, or its test is not green without it
 */
export async function plantHoles(holes: Hole[], announce: (step: string) => void): Promise<PlantedHole[]> {
  const root = await copySources();
  announce(`Compiling ${holes.length} holes`);
  await compileHoles(root, holes);
  await requireGreen(root, holes, announce);
  const results: PlantedHole[] = [];
  for (const [index, hole] of holes.entries()) {
    const result = await plantHole(root, hole);
    results.push(result);
    const verdict = result.caughtBy ? "red" : `NOT CAUGHT, ${result.notCaught}`;
    announce(`${index + 1}/${holes.length} ${hole.attack}: ${hole.hole}: ${verdict}`);
  }
  return results;
}

/** Every file once, with all of its titles; each title must name a test that passes. */
async function requireGreen(root: string, holes: Hole[], announce: (step: string) => void): Promise<void> {
  for (const [file, named] of groupByFile(holes.map(({ test }) => test))) {
    announce(`${file} without a hole`);
    const titles = [...new Set(named.map(({ title }) => title))];
    const title = titles.map((one) => `(?:${one})`).join("|");
    const { tests, trouble } = await runNamedTest(root, { file, title });
    const failed = tests.find(({ state }) => state === "failed");
    if (failed)
      throw new Error(`Red without any hole: ${file}, ${failed.name}: ${failed.errors[0]?.message}`);
    const passed = tests.filter(({ state }) => state === "passed");
    const lost = titles.find((one) => !passed.some(({ name }) => new RegExp(one).test(name)));
    if (lost) throw new Error(`No test of ${file} that passes is called "${lost}". ${trouble.join("\n")}`);
  }
}

async function plantHole(root: string, hole: Hole): Promise<PlantedHole> {
  const startedAt = Date.now();
  const fill = await plant(root, hole);
  try {
    const verdict = judge(await runNamedTest(root, hole.test));
    return { hole, ...verdict, seconds: (Date.now() - startedAt) / 1000 };
  } finally {
    await fill();
  }
}
