/** What the law wants kept of a purchase, without the person. */
import type { Enrollment } from "../model.ts";
import type { PaymentEvent } from "../payment-event.ts";
import type { Erasure, Person } from "../ports/personal-data.ts";
import type { Decision, Purchase } from "../purchase.ts";

/** How one knows the person: none of it may be left. */
export interface Traces {
  userId: string;
  /** E-mail, name and its parts, in lower case. */
  words: string[];
}

/** Shorter parts of a name are in too many other words. */
const SHORTEST_WORD = 3;

export function tracesOf({ userId, student }: Pick<Person, "userId" | "student">): Traces {
  const { email = "", name = "" } = student ?? {};
  const words = [userId, email, name, ...name.split(/\s+/)].map((word) => word.toLowerCase());
  return { userId, words: words.filter((word) => word.length >= SHORTEST_WORD) };
}

export function mentions(text: string, { words }: Traces): boolean {
  return words.some((word) => text.toLowerCase().includes(word));
}

/** @returns the purchase as it is kept: nothing is delivered by it any more, whoever asks */
export function anonymisePurchase(purchase: Purchase, traces: Traces, erasure: Erasure): Purchase {
  const { pseudonym, by, reason, at } = erasure;
  const { decision } = withoutTraces(purchase, traces, pseudonym);
  // What was waived gave the place; whatever else was decided gave none, and stands.
  const isOver = decision && decision.kind !== "waived";
  return {
    ...withoutTraces(purchase, traces, pseudonym),
    userId: pseudonym,
    decision: isOver ? decision : { kind: "erased", by, reason, at },
  };
}

export const anonymiseEnrollment = (enrollment: Enrollment, { pseudonym }: Erasure): Enrollment => ({
  ...enrollment,
  userId: pseudonym,
});

/** @returns anybody's purchase with the pseudonym wherever it named the person */
export function withoutTraces(purchase: Purchase, traces: Traces, pseudonym: string): Purchase {
  const { settlement, decision } = purchase;
  return {
    ...purchase,
    ...(settlement && { settlement: settlementWithout(settlement, traces, pseudonym) }),
    ...(decision && { decision: decisionWithout(decision, traces, pseudonym) }),
  };
}

/** The payment's own ids stay: without them nobody could tell which payment the record is about. */
function settlementWithout(settlement: PaymentEvent, { userId }: Traces, pseudonym: string): PaymentEvent {
  const replace = (id: string | null) => (id === userId ? pseudonym : id);
  const isPayer = settlement.userId === userId || settlement.clientReferenceId === userId;
  return {
    ...settlement,
    userId: replace(settlement.userId),
    clientReferenceId: replace(settlement.clientReferenceId),
    customerId: isPayer ? null : settlement.customerId,
  };
}

function decisionWithout(decision: Decision, traces: Traces, pseudonym: string): Decision {
  return {
    ...decision,
    ...(decision.to === traces.userId && { to: pseudonym }),
    ...(mentions(decision.reason, traces) && { reason: "erased: it named a person" }),
  };
}
