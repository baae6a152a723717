/** Plants each hole in a copy of the sources and tells whether its test went red. */
import { compileHoles } from "./compile-holes.ts";
import { groupByFile } from "./group-by-file.ts";
import type { Hole, NamedTest } from "./hole.ts";
import { runNamedTest, type TestRun } from "./run-named-test.ts";
import { copySources, plant } from "./source-copy.ts";

export interface PlantedHole {
  hole: Hole;
  /** The first test that failed by what it claims, and what it said; undefined: the hole was not caught. */
  caughtBy: { name: string; reason: string } | undefined;
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
  for (const [file, tests] of groupByFile(holes.map(({ test }) => test))) {
    announce(`${file} without a hole`);
    const titles = [...new Set(tests.map(({ title }) => title))];
    const run = await runNamedTest(root, { file, title: titles.map((title) => `(?:${title})`).join("|") });
    const [failed] = run.failed;
    if (failed) throw new Error(`Red without any hole: ${file}, ${failed.name}: ${failed.reason}`);
    for (const title of titles) requireTest(run, { file, title });
  }
}

function requireTest({ passed, trouble }: TestRun, { file, title }: NamedTest): void {
  if (passed.some((name) => new RegExp(title).test(name))) return;
  throw new Error(`No test of ${file} that passes is called ${JSON.stringify(title)}. ${trouble}`);
}

async function plantHole(root: string, hole: Hole): Promise<PlantedHole> {
  const startedAt = Date.now();
  const fill = await plant(root, hole);
  const run = await runNamedTest(root, hole.test).finally(fill);
  const caughtBy = run.failed.find(({ reason }) => ASSERTION.test(reason));
  const seconds = (Date.now() - startedAt) / 1000;
  return { hole, caughtBy, notCaught: caughtBy ? undefined : explain(run), seconds };
}

/** Of vitest, and of fast-check around it. A hook, an import or a time limit that failed says nothing about the attack. */
const ASSERTION = /^AssertionError|^(Error: )?Property failed after/m;

function explain({ passed, failed, trouble }: TestRun): string {
  const [first] = failed;
  if (first) return `it failed, but not by an assertion: ${first.reason.split("\n")[0]}`;
  if (passed.length > 0) return `${passed.length} tests stayed green`;
  return `no test ran: ${trouble.split("\n")[0]}`;
}
