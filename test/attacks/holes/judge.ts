/** Whether a hole was caught: by an assertion of a test that ran, and not by the source being broken. */
import type { FoundTest, Results } from "./result-reporter.ts";

export interface Verdict {
  /** The first test that failed by what it claims, and what it said; undefined: the hole was not caught. */
  caughtBy: { test: string; said: string } | undefined;
  /** Why not. */
  notCaught: string | undefined;
}

export function judge(results: Results): Verdict {
  const [caughtBy] = results.tests.flatMap(findClaims);
  return { caughtBy, notCaught: caughtBy ? undefined : explain(results) };
}

/** fast-check's report around an assertion counts. A hook, an import or a time limit says nothing about the attack. */
function findClaims({ name, errors }: FoundTest) {
  return errors
    .filter((error) => error.name === "AssertionError" || error.message.startsWith("Property failed after"))
    .map(({ message, cause }) => ({ test: name, said: cause ?? message }));
}

function explain({ tests, trouble }: Results): string {
  const failed = tests.find(({ state }) => state === "failed");
  if (failed) return `it failed, but not by an assertion: ${failed.errors[0]?.message}`;
  const green = tests.filter(({ state }) => state === "passed").length;
  return green > 0 ? `it stayed green (${green})` : `no test ran: ${trouble.join("\n")}`;
}
