/** What is done about dead letters, each act signed. */
import type { DeadLetterPorts, DecisionPorts } from "#handlers/composition.ts";
import type { DeadLetter, DeadLetterFilter } from "#workflow/dead-letters/read.ts";
import {
  groupByExecution,
  type Redriven,
  redriveDeadLetters,
  startAgain,
  takeDeadLetters,
} from "#workflow/dead-letters/redrive.ts";
import type { DeadLetterQueue } from "#workflow/ports/queues.ts";
import type { Purchase } from "#workflow/purchase.ts";
import { decideSigned } from "./decide.ts";
import type { Signed } from "./open-ledger.ts";

/** @param announce told how many of how many are over, and of the latest */
export async function redriveMatching(
  filter: DeadLetterFilter,
  { ledger, reason }: Signed,
  ports: DeadLetterPorts,
  announce: (redriven: Redriven, done: number, all: number) => void,
  describeRepeat: (executionName: string) => Promise<string | undefined> = async () => undefined,
): Promise<Redriven[]> {
  const groups = groupByExecution(await takeDeadLetters(filter, ports.queue));
  const left = new Set(groups);
  try {
    return await redriveDeadLetters(
      groups,
      ports,
      (redriven) => {
        left.delete(redriven.letters);
        announce(redriven, groups.length - left.size, groups.length);
      },
      (letters, redrive) =>
        ledger.act(
          { action: "redrive", about: aboutOf(letters), reason },
          async () => {
            const redriven = await redrive();
            const { outcome, executionName = "" } = redriven;
            const repeat = outcome === "failed" ? await describeRepeat(executionName) : undefined;
            return { ...redriven, repeat };
          },
          tellRedriven,
        ),
    );
  } catch (error) {
    // What was not come to is there for the next try at once.
    await ports.queue.releaseDeadLetters([...left].flat());
    throw error;
  }
}

export const tellRedriven = ({ executionName, outcome, repeat }: Redriven) => ({
  isDone: outcome === "succeeded",
  text: [executionName ? `${executionName}: ${outcome}` : outcome, repeat].filter(Boolean).join(". "),
});

/** @returns the execution that does the work now; undefined when there is nothing left to start from */
export function redriveLetter(
  letter: DeadLetter,
  { ledger, reason }: Signed,
  ports: DeadLetterPorts,
): Promise<string | undefined> {
  return ledger.act(
    { action: "redrive", about: aboutOf([letter]), reason },
    () => startAgain(letter, ports),
    tellStarted,
  );
}

/** Nobody waits for its end. */
export const tellStarted = (executionName: string | undefined) => ({
  isDone: executionName !== undefined,
  text: executionName ? `${executionName}: at work` : "not-redrivable",
});

/** @returns false when it is in the queue no more */
export function removeLetter(
  letter: DeadLetter,
  { ledger, reason }: Signed,
  { queue }: DeadLetterPorts,
): Promise<boolean> {
  return ledger.act(
    { action: "remove", about: aboutOf([letter]), reason },
    async () => {
      const taken = await takeDeadLetters({ id: letter.messageId }, queue);
      await queue.deleteDeadLetters(taken);
      return taken.length > 0;
    },
    (isDone) => ({ isDone, text: isDone ? "removed" : "gone already" }),
  );
}

/**
 * @param letter taken before
 * @param purchase what it tells of; undefined: none of ours, so there is nothing to keep a decision on
 * @throws DecisionRefused
 */
export async function closeLetter(
  letter: DeadLetter,
  purchase: Purchase | undefined,
  by: string,
  { ledger, reason }: Signed,
  { queue, decisions }: { queue: DeadLetterQueue; decisions: DecisionPorts },
): Promise<Purchase | undefined> {
  const remove = () => queue.deleteDeadLetters([letter]);
  if (purchase) return decideSigned(purchase, { kind: "closed", by }, { ledger, reason }, decisions, remove);
  const told = { isDone: true, text: "removed" };
  await ledger.act({ action: "close", about: aboutOf([letter]), reason }, remove, () => told);
  return undefined;
}

/** Who is concerned is found by these; a student's own id is not among them, since the ledger is never erased. */
const aboutOf = (letters: DeadLetter[]): string[] => [
  ...new Set(
    letters
      .flatMap(({ checkoutSessionId, executionName, eventId, messageId }) => [
        checkoutSessionId,
        executionName,
        eventId,
        messageId,
      ])
      .filter((id) => id !== undefined),
  ),
];
