/** What to do next about a purchase. The order of the rules is the order of certainty. */
import { isNotOwed } from "#workflow/purchase.ts";
import type { Advice, AdvisedAct, Purchase } from "./dossier.ts";

type Known = Omit<Purchase, "next">;

const nothingToDo = (text: string): Advice => ({ needsPerson: false, text, acts: [] });
const toDo = (text: string, ...acts: AdvisedAct[]): Advice => {
  const [likeliest] = acts;
  return { needsPerson: true, text, acts, ...(likeliest && { command: commandOf(likeliest) }) };
};

const redrive = (id: string, reason: string): AdvisedAct => ({ action: "redrive", id, reason });

function commandOf({ action, id, reason }: AdvisedAct): string {
  const because = `--because "${reason}"`;
  if (action === "repair") return `npm run reconcile -- --since 29d --repair ${because}`;
  const script = action === "redrive" || action === "close" ? "dead-letters" : "ops";
  return `npm run ${script} -- ${action} ${id} ${because} --yes`;
}

const LEFT_OVER = "left over";

export function advise(purchase: Known): Advice {
  return (
    adviseOnOrigin(purchase) ??
    adviseOnUnreadable(purchase) ??
    adviseOnDecision(purchase) ??
    adviseOnPayback(purchase) ??
    adviseOnEnrollment(purchase) ??
    adviseOnSession(purchase) ??
    adviseOnExecution(purchase)
  );
}

function adviseOnOrigin({ session }: Known): Advice | undefined {
  if (!session || session.isOurs) return undefined;
  return nothingToDo(
    "Nothing: not ours. It is a sale of another product or deployment in the same Stripe account.",
  );
}

function adviseOnUnreadable({ unreadable }: Known): Advice | undefined {
  if (unreadable.length === 0) return undefined;
  return toDo(`${unreadable.join(" ")} Mend that first: until then nothing can be said of the purchase.`);
}

function adviseOnDecision({ record, deadLetters, checkoutSessionId }: Known): Advice | undefined {
  const { decision } = record ?? {};
  if (!decision) return undefined;
  const { kind, by, at, reason } = decision;
  const decided = `Decided: ${kind} by ${by} at ${at} (${reason}).`;
  return deadLetters.length === 0
    ? nothingToDo(`Nothing. ${decided}`)
    : toDo(`${decided} Its dead letter is left over and can go.`, redrive(checkoutSessionId, LEFT_OVER));
}

/** Money that went back decides nothing: a person does. */
function adviseOnPayback({ record, enrollment, checkoutSessionId }: Known): Advice | undefined {
  if (!record?.refunded && !record?.disputed) return undefined;
  const isEnrolled = enrollment?.stripeSessionId === checkoutSessionId;
  const what = record.disputed
    ? `Disputed at Stripe (${record.disputed.status}); answer there.`
    : `Refunded at Stripe${record.refunded?.isFull ? "" : " in part"}.`;
  if (isEnrolled) {
    const reason = record.disputed ? "disputed" : "refunded";
    return toDo(
      `${what} Say whether the student keeps the course: withdraw it, or waive.`,
      { action: "withdraw", id: checkoutSessionId, reason },
      { action: "waive", id: checkoutSessionId, reason },
    );
  }
  if (!isNotOwed(record)) return undefined;
  return toDo(`${what} The student has not got the course. Sign that nothing more is owed:`, {
    action: "withdraw",
    id: checkoutSessionId,
    reason: "refunded",
  });
}

function adviseOnEnrollment({ enrollment, checkoutSessionId, deadLetters }: Known): Advice | undefined {
  if (enrollment?.stripeSessionId !== checkoutSessionId) return undefined;
  return deadLetters.length === 0
    ? nothingToDo("Nothing: the student has the course.")
    : toDo(
        "The student has the course; its dead letter is left over and can go.",
        redrive(checkoutSessionId, LEFT_OVER),
      );
}

const SETTLED = ["paid", "no_payment_required"];

function adviseOnSession({
  session,
  enrollment,
  paymentIntentId,
  checkoutSessionId,
}: Known): Advice | undefined {
  if (!session) return undefined;
  const isSettled = session.status === "complete" && SETTLED.includes(session.paymentStatus);
  if (isSettled && enrollment) {
    const by = enrollment.stripeSessionId ?? "a free enrollment";
    if (session.amountTotal === 0) {
      return toDo(
        `The course was already the student's by ${by}, and a code made this purchase free: nothing was charged, so nothing is to be refunded. Close its letter:`,
        { action: "close", id: checkoutSessionId, reason: "nothing was charged" },
      );
    }
    return toDo(
      `Paid twice: the course was already the student's by ${by}. Refund ${paymentIntentId ?? "this payment"} in Stripe's dashboard, then close its letter:`,
      { action: "close", id: checkoutSessionId, reason: "refunded" },
    );
  }
  if (isSettled) return undefined;
  if (session.status === "open")
    return nothingToDo(`Nothing: the student has not paid yet, and can until ${session.expiresAt}.`);
  if (session.status === "expired")
    return nothingToDo("Nothing: it expired unpaid; the student can start again.");
  return nothingToDo(
    "Wait: the bank of a delayed payment method is still working, or has refused. Stripe's next event decides.",
  );
}

const MEND: Record<string, string> = {
  CourseNotFound: "Put the course back (npm run seed)",
  AmountMismatch: "Correct the course's price, or refund the difference to it",
  StudentNotFound: "Put the student's record back: the student signs in once more",
  InvalidSession:
    "Find out who made this session: it contradicts the catalogue or the student; refund it if it is not ours",
  InvalidPaymentEvent: "Find out who started this execution: its input is not a payment event",
  RetryableError: "See that the dependency works again",
};

function adviseOnExecution({ executions, events, deadLetters, checkoutSessionId }: Known): Advice {
  const repair: AdvisedAct = { action: "repair", id: checkoutSessionId, reason: "paid, not enrolled" };
  const running = executions.find(({ status }) => status === "RUNNING");
  if (running) return nothingToDo(`Wait: ${running.name} is at work (${running.stateName ?? "starting"}).`);
  const succeeded = executions.find(({ status }) => status === "SUCCEEDED");
  if (succeeded) {
    return toDo(
      `Paid; ${succeeded.name} has succeeded, and what it wrote is gone without a decision. This has it done once more, by a fresh execution:`,
      repair,
    );
  }
  const [failed] = executions;
  if (failed) {
    const mend = MEND[failed.error ?? ""] ?? `Mend what ${failed.error ?? "the error"} is about`;
    const hasLetter = deadLetters.some(({ executionName }) => executionName === failed.name);
    return toDo(
      `Paid, not enrolled. ${mend}; then redrive.`,
      // What was stopped, or fails where nothing catches it, has left no letter to go by.
      hasLetter ? redrive(failed.name, "mended") : { ...repair, reason: "mended" },
    );
  }
  const undelivered = events.some(({ pendingDeliveries }) => pendingDeliveries > 0);
  return toDo(
    undelivered
      ? "Paid, not enrolled: Stripe has not been able to deliver the event yet. See what the webhook answers; this starts it without Stripe:"
      : `Paid, not enrolled: no execution has finished ${checkoutSessionId}. It may wait in the overflow queue; this starts what is missing:`,
    repair,
  );
}
