/** One thing that must be so of a running deployment. */
import { isDeepStrictEqual } from "node:util";
import { sentenceFor } from "#infra/command-line/sentence-for.ts";

export interface Check {
  /** A sentence that is true when all is well. */
  name: string;
  /** @returns a detail worth showing. @throws Error saying what is otherwise */
  run: () => Promise<string>;
}

export interface CheckResult {
  name: string;
  passed: boolean;
  detail: string;
}

/** All of them, whatever fails: one run should tell everything. */
export async function runChecks(
  checks: Check[],
  report: (result: CheckResult) => void,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { name, run } of checks) {
    const result = await run().then(
      (detail) => ({ name, passed: true, detail }),
      (error: unknown) => ({
        name,
        passed: false,
        detail: sentenceFor(error),
      }),
    );
    results.push(result);
    report(result);
  }
  return results;
}

/** @throws Error when the two differ */
export function expectSame(what: string, found: unknown, wanted: unknown): void {
  if (isDeepStrictEqual(found, wanted)) return;
  throw new Error(`${what} is ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
}
