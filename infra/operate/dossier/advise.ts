/** What to do next about a purchase. The order of the rules is the order of certainty. */
import type { Advice, Purchase } from "./dossier.ts";

const MEND: Record<string, string> = {
  CourseNotFound: "Put the course back (npm run seed)",
  AmountMismatch: "Correct the course's price, or refund the difference to it",
  StudentNotFound: "Put the student's record back: the student signs in once more",
  InvalidSession:
    "Find out who made this session: it contradicts the catalogue or the student; refund it if it is not ours",
  InvalidPaymentEvent: "Find out who started this execution: its input is not a payment event",
  RetryableError: "See that the dependency works again",
};

const SETTLED = ["paid", "no_payment_required"];

export function advise(purchase: Omit<Purchase, "next">): Advice {
  const { enrollment, checkoutSessionId, deadLetters } = purchase;
  if (enrollment?.stripeSessionId === checkoutSessionId) {
    return deadLetters.length === 0
      ? { needsPerson: false, text: "Nothing: the student has the course." }
      : {
          needsPerson: true,
          text: "The student has the course; its dead letter is left over and can go.",
          command: redriveCommand(checkoutSessionId),
        };
  }
  return adviseOnSession(purchase) ?? adviseOnExecution(purchase);
}

function adviseOnSession({
  session,
  enrollment,
  paymentIntentId,
}: Omit<Purchase, "next">): Advice | undefined {
  if (!session) return undefined;
  const isSettled = SETTLED.includes(session.paymentStatus);
  if (isSettled && enrollment) {
    const by = enrollment.stripeSessionId ?? "a free enrollment";
    return {
      needsPerson: true,
      text: `Paid twice: the course was already the student's by ${by}. Refund ${paymentIntentId ?? "this payment"} in Stripe's dashboard, then delete its dead letter.`,
    };
  }
  if (isSettled) return undefined;
  if (session.status === "open")
    return {
      needsPerson: false,
      text: `Nothing: the student has not paid yet, and can until ${session.expiresAt}.`,
    };
  if (session.status === "expired")
    return { needsPerson: false, text: "Nothing: it expired unpaid; the student can start again." };
  return {
    needsPerson: false,
    text: "Wait: the bank of a delayed payment method is still working, or has refused. Stripe's next event decides.",
  };
}

function adviseOnExecution({ executions, events, checkoutSessionId }: Omit<Purchase, "next">): Advice {
  const running = executions.find(({ status }) => status === "RUNNING");
  if (running)
    return {
      needsPerson: false,
      text: `Wait: ${running.name} is at work (${running.stateName ?? "starting"}).`,
    };
  const failed = executions.find(({ status }) => status !== "SUCCEEDED");
  if (failed) {
    const mend = MEND[failed.error ?? ""] ?? `Mend what ${failed.error ?? "the error"} is about`;
    return {
      needsPerson: true,
      text: `Paid, not enrolled. ${mend}; then redrive.`,
      command: redriveCommand(failed.name),
    };
  }
  const undelivered = events.some(({ pendingDeliveries }) => pendingDeliveries > 0);
  return {
    needsPerson: true,
    text: undelivered
      ? "Paid, not enrolled: Stripe has not been able to deliver the event yet. See what the webhook answers; this starts it without Stripe:"
      : `Paid, not enrolled: no execution has finished ${checkoutSessionId}. It may wait in the overflow queue; this starts what is missing:`,
    command: "npm run reconcile -- --since 30d --repair",
  };
}

const redriveCommand = (id: string) => `npm run dead-letters -- redrive ${id} --yes`;
