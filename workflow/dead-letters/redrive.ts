/** Redrives what the dead letters tell of, and deletes a letter only once its purchase has gone through. */

import type { Executions, FailedExecutions } from "../ports/executions.ts";
import type { DeadLetterQueue } from "../ports/queues.ts";
import { type DeadLetter, type DeadLetterFilter, matchesFilter } from "./read.ts";

export interface RedriveDeadLettersPorts {
  queue: Pick<DeadLetterQueue, "deleteDeadLetters" | "releaseDeadLetters">;
  executions: FailedExecutions & Executions;
  pause: (milliseconds: number) => Promise<void>;
  now: () => Date;
}

/** `running`: it was not over when the waiting ended. `not-redrivable`: there is nothing to start from. */
type RedriveOutcome = "succeeded" | "failed" | "running" | "not-redrivable";

export interface Redriven {
  letters: DeadLetter[];
  outcome: RedriveOutcome;
  /** What did the work: the execution that failed, or a fresh one. */
  executionName?: string | undefined;
  /** What is different from before, when it has failed again. */
  repeat?: string | undefined;
}

/** Each is looked at twice a second, and DescribeExecution's quota is 15 a second. */
const AT_ONCE = 5;
const LOOK_EVERY_MS = 500;
const LONGEST_WAIT_MS = 10 * 60 * 1000;
/** Letters are out of sight for longer than that. */
const HIDDEN_SECONDS = 15 * 60;

/** @returns the letters that the filter matches, out of sight for as long as a redrive takes; the others are given back */
export async function takeDeadLetters(
  filter: DeadLetterFilter,
  queue: Pick<DeadLetterQueue, "receiveDeadLetters" | "releaseDeadLetters">,
): Promise<DeadLetter[]> {
  const all = await queue.receiveDeadLetters(HIDDEN_SECONDS);
  const letters = all.filter((letter) => matchesFilter(letter, filter));
  await queue.releaseDeadLetters(all.filter((letter) => !letters.includes(letter)));
  return letters;
}

/** Several letters may tell of one execution, which is redriven once. @returns one list of letters per execution */
export function groupByExecution(letters: DeadLetter[]): DeadLetter[][] {
  const groups = new Map<string, DeadLetter[]>();
  for (const letter of letters) {
    const key = letter.executionName ?? letter.eventId ?? letter.messageId;
    groups.set(key, [...(groups.get(key) ?? []), letter]);
  }
  return [...groups.values()];
}

/**
 * @param onDone told of each execution as it comes to its end
 * @param around what is done about each, before and after
 */
export async function redriveDeadLetters(
  groups: DeadLetter[][],
  ports: RedriveDeadLettersPorts,
  onDone: (redriven: Redriven) => void,
  around: (letters: DeadLetter[], redrive: () => Promise<Redriven>) => Promise<Redriven> = (
    _letters,
    redrive,
  ) => redrive(),
): Promise<Redriven[]> {
  const results: Redriven[] = [];
  const rest = groups.values();
  async function redriveOn() {
    for (const letters of rest) {
      const redriven = await around(letters, () => redriveOne(letters, ports));
      results.push(redriven);
      onDone(redriven);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, redriveOn));
  return results;
}

async function redriveOne(letters: DeadLetter[], ports: RedriveDeadLettersPorts): Promise<Redriven> {
  const [letter] = letters;
  const executionName = letter && (await startAgain(letter, ports));
  const outcome = executionName ? await waitForEnd(executionName, ports) : "not-redrivable";
  if (outcome === "succeeded") await ports.queue.deleteDeadLetters(letters);
  else await ports.queue.releaseDeadLetters(letters);
  return { letters, outcome, executionName };
}

/** @returns the execution that does the work now; undefined when there is nothing left to start from */
export async function startAgain(
  letter: DeadLetter,
  { executions }: Pick<RedriveDeadLettersPorts, "executions">,
): Promise<string | undefined> {
  if (letter.executionName) return executions.redriveExecution(letter.executionName);
  if (!letter.event) return undefined;
  await executions.startExecution(letter.event);
  return letter.event.eventId;
}

async function waitForEnd(
  executionName: string,
  { executions, pause, now }: RedriveDeadLettersPorts,
): Promise<RedriveOutcome> {
  const deadline = now().getTime() + LONGEST_WAIT_MS;
  for (;;) {
    const status = await executions.findExecutionStatus(executionName);
    if (status === "succeeded" || status === "failed") return status;
    if (now().getTime() > deadline) return "running";
    await pause(LOOK_EVERY_MS);
  }
}
