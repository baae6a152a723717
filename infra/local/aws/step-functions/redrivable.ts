/** Whether an execution can be redriven, and AWS's words when it cannot. */
import type { Execution } from "#infra/states-language/execution.ts";

const REDRIVABLE_PERIOD_MS = 14 * 24 * 60 * 60 * 1000;
const REDRIVABLE_STATUSES = ["FAILED", "ABORTED", "TIMED_OUT"];

/** @returns undefined when it can be redriven */
export function whyNotRedrivable({ status, stoppedAt = 0 }: Execution): string | undefined {
  if (!REDRIVABLE_STATUSES.includes(status)) return `Execution is ${status} and cannot be redriven`;
  if (Date.now() - stoppedAt > REDRIVABLE_PERIOD_MS) {
    return "Execution exceeds the redrivable period of 14 days and cannot be redriven";
  }
  return undefined;
}
