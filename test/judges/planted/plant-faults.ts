/** Plants each fault in a copy of the sources and tells whether its judge found a difference that nobody has explained. */
import { execFile } from "node:child_process";
import { copySources, plant } from "#test/support/source-copy.ts";
import type { Judgement } from "../judges.ts";
import type { PlantedFault } from "./planted-fault.ts";

export interface PlantedResult extends PlantedFault {
  /** The first difference; undefined when the judge found none. */
  caughtBy: string | undefined;
}

interface Output {
  judgements: Judgement[];
}

/**
 * @param announce told what is being done, and then each result
 * @throws Error when a fault has lost its place, or a judge finds differences without any fault
 */
export async function plantFaults(
  faults: PlantedFault[],
  announce: (step: string) => void,
): Promise<PlantedResult[]> {
  const root = await copySources();
  for (const judge of new Set(faults.map((fault) => fault.judge))) {
    announce(`${judge} without a fault`);
    const found = await runJudge(root, judge);
    if (found) throw new Error(`The judge "${judge}" finds without any fault: ${found}`);
  }
  const results: PlantedResult[] = [];
  for (const [index, fault] of faults.entries()) {
    const takeBack = await plant(root, fault);
    const caughtBy = await runJudge(root, fault.judge);
    await takeBack();
    results.push({ ...fault, caughtBy });
    const verdict = caughtBy ? "caught" : "NOT CAUGHT";
    announce(`${index + 1}/${faults.length} ${fault.fault}: ${verdict}`);
  }
  return results;
}

/**
 * @returns the first unexplained difference, if there is one
 * @throws Error when the judge could not judge, since that proves nothing
 */
function runJudge(root: string, judge: string): Promise<string | undefined> {
  const args = ["test/judges/commands/judges.ts", "--only", judge, "--json"];
  return new Promise((resolve, reject) => {
    const limits = { cwd: root, maxBuffer: 2 ** 28, timeout: 10 * 60_000 };
    execFile("node_modules/.bin/tsx", args, limits, (_error, stdout, stderr) => {
      const found = readDifference(stdout);
      if (found === null) reject(new Error(`The judge "${judge}" could not judge. ${stderr.slice(-2000)}`));
      else resolve(found);
    });
  });
}

/** @returns null when the output is no judgement */
function readDifference(stdout: string): string | undefined | null {
  try {
    const { judgements } = JSON.parse(stdout) as Output;
    const [first] = judgements.flatMap(({ unexplained }) => unexplained);
    if (judgements.length === 0) return null;
    return first && `${first.what}: ${first.theirs}, but ${first.ours}`;
  } catch {
    return null;
  }
}
