/** Closing dead letters: the decision stays on the purchase, and the letter goes. */
import { print, printJson } from "#infra/command-line/print.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { type DeadLetter, type DeadLetterFilter, matchesFilter } from "#workflow/dead-letters/read.ts";
import { takeDeadLetters } from "#workflow/dead-letters/redrive.ts";
import { loadPurchase } from "#workflow/decide/load-purchase.ts";
import type { DeadLetterQueue } from "#workflow/ports/queues.ts";
import { closeLetter } from "../acts/letters.ts";
import type { Signed } from "../acts/open-ledger.ts";
import { sentenceForOperator } from "../sentence-for-operator.ts";
import {
  type DecideOptions,
  type DecisionReport,
  decideOne,
  describeDecision,
  openDecisionPorts,
  signAs,
} from "./decide.ts";

interface Closed extends Partial<DecisionReport> {
  messageId: string;
  /** Why it stays: the decision cannot be made, or not now. */
  problem?: string;
}

/** @returns how many letters stay although they were to be closed */
export async function closeDeadLetters(
  filter: DeadLetterFilter,
  queue: DeadLetterQueue,
  options: DecideOptions,
): Promise<number> {
  const closed = await showProgress("Closing", options.json, async () => {
    const letters = options.yes
      ? await takeDeadLetters(filter, queue)
      : (await queue.peekDeadLetters()).filter((letter) => matchesFilter(letter, filter));
    const done: Closed[] = [];
    const signed = signAs(options);
    for (const letter of letters) done.push(await closeOne(letter, queue, signed, options));
    return done;
  });
  if (options.json) printJson({ closed });
  else print(closed.map(describeClosed).join("\n") || "\nThere are none.");
  return closed.filter(({ problem }) => problem).length;
}

/** One that cannot be closed stops none of the others. */
async function closeOne(
  letter: DeadLetter,
  queue: DeadLetterQueue,
  signed: Signed,
  options: DecideOptions,
): Promise<Closed> {
  const { messageId, checkoutSessionId, userId } = letter;
  try {
    const decisions = await openDecisionPorts(options);
    const purchase = checkoutSessionId
      ? await loadPurchase(checkoutSessionId, userId ?? undefined, decisions)
      : undefined;
    // A letter that names no purchase of ours has nothing to keep a decision on.
    const plan =
      purchase &&
      (await decideOne(purchase, { kind: "closed" }, { ...options, yes: false }, signed, decisions));
    if (!options.yes) return { messageId, ...plan };
    const by = options.by ?? (await signed.ledger.findCaller());
    const decided = await closeLetter(letter, purchase, by, signed, { queue, decisions });
    return { messageId, ...plan, isDone: true, decision: decided?.decision };
  } catch (error) {
    if (options.yes) await queue.releaseDeadLetters([letter]);
    return {
      messageId,
      ...(checkoutSessionId && { checkoutSessionId }),
      problem: sentenceForOperator(error),
    };
  }
}

function describeClosed({ problem, messageId, checkoutSessionId, ...report }: Closed): string {
  if (problem) return `\n${checkoutSessionId ?? messageId} stays: ${problem}`;
  const { userId, courseId, plan, isDone } = report;
  if (!checkoutSessionId || !userId || !courseId || !plan)
    return `\nThe letter ${messageId} names no purchase of ours.`;
  return describeDecision({ checkoutSessionId, userId, courseId, plan, isDone: isDone ?? false });
}
