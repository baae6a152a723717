/** Plants each hole in a copy of the sources and tells whether its test went red. */
import { compileHoles } from "./compile-holes.ts";
import { groupByFile } from "./group-by-file.ts";
import type { Hole } from "./hole.ts";
import type { FoundTest, Results } from "./result-reporter.ts";
import { runNamedTest } from "./run-named-test.ts";
import { copySources, plant } from "./source-copy.ts";

export interface PlantedHole {
  hole: Hole;
  /** The first test that failed by what it claims, and what it said; undefined: the hole was not caught. */
  caughtBy: { test: string; said: string } | undefined;
  /** Why not. */
  notCaught: string | undefined;
  seconds: number;
}

/**
 * @param announce told what is being done, and then each result
 * @throws Error when a hole has lost its place, does not compile, or its test is not green without it
 */
export async function plantHoles(holes: Hole[], announce: (step: string) => void): Promise<PlantedHole[]> {
  const { root, remove } = await copySources();
  try {
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
  } finally {
    await remove();
  }
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
  const results = await runNamedTest(root, hole.test).finally(fill);
  const [caughtBy] = results.tests.flatMap(findClaim);
  const seconds = (Date.now() - startedAt) / 1000;
  return { hole, caughtBy, notCaught: caughtBy ? undefined : explain(results), seconds };
}

/** An assertion that failed, fast-check's around it too. A hook, an import or a time limit says nothing about the attack. */
function findClaim({ name, errors }: FoundTest) {
  return errors
    .filter((error) => error.name === "AssertionError" || error.message.startsWith("Property failed after"))
    .map(({ message }) => ({ test: name, said: message }));
}

function explain({ tests, trouble }: Results): string {
  const failed = tests.find(({ state }) => state === "failed");
  if (failed) return `it failed, but not by an assertion: ${failed.errors[0]?.message}`;
  const green = tests.filter(({ state }) => state === "passed").length;
  return green > 0 ? `it stayed green (${green})` : `no test ran: ${trouble.join("\n")}`;
}
