/** Money that came twice, and money that went back. */
import {
  decisionOf,
  type Facts,
  isContradictory,
  lettersNaming,
  ownerOf,
  placeOf,
  sweptAfter,
} from "./facts.ts";
import type { ExecutionAtEnd, Item, SessionAtStripe } from "./final-stores.ts";
import { type Violation, violation } from "./violation.ts";

export function checkSecondPayments(facts: Facts): Violation[] {
  const enrollments = new Map(facts.enrollments.map((item) => [placeOf(item), item]));
  const delivered = new Set(facts.enrollments.map(({ stripeSessionId }) => stripeSessionId));
  return facts.settled.flatMap((session) => {
    const standing = enrollments.get(placeOf(session.metadata));
    if (!standing || delivered.has(session.id)) return [];
    if (decisionOf(facts, session.metadata?.["userId"], session.id) || isPaidBack(session, facts)) return [];
    const letters = lettersNaming(facts, session);
    if (letters.length === 0)
      return [violation(4, `${session.id} paid for what was owned; nobody can see it`)];
    const told = letters
      .filter(({ error }) => error === "DoublePayment")
      .map((letter) => JSON.stringify(letter));
    const complete = told.every((letter) => isNamedIn(letter, session, facts));
    return complete ? [] : [violation(4, `the dead letter of ${session.id} does not name both payments`)];
  });
}

/** The second payment, and the one by which the student had the course when the letter was written. */
function isNamedIn(letter: string, { payment_intent, metadata }: SessionAtStripe, facts: Facts): boolean {
  const place = `USER#${metadata?.["userId"]}|ENROLLMENT#${metadata?.["courseId"]}`;
  // A real process keeps no stream: of it the one is known that stands.
  const standing = facts.enrollments.filter((item) => placeOf(item) === placeOf(metadata));
  const held = [
    ...(facts.changes.get(place) ?? []).flatMap(({ after }) => (after ? [after] : [])),
    ...standing,
  ];
  const names = held.map(({ stripeSessionId, stripePaymentIntentId }) => [
    stripeSessionId,
    stripePaymentIntentId,
    payment_intent,
  ]);
  return names.some((all) => all.filter(Boolean).every((name) => letter.includes(String(name))));
}

const isPaidBack = ({ payment_intent }: SessionAtStripe, { refundedAt }: Facts) =>
  refundedAt.has(payment_intent ?? "");

export function checkPaybacks(facts: Facts): Violation[] {
  return [...checkVisible(facts), ...checkNotFollowedUp(facts)];
}

/** On the purchase of whoever has the place now, as Stripe has it. */
function checkVisible(facts: Facts): Violation[] {
  const charges = new Map(facts.charges.map((charge) => [charge.payment_intent, charge]));
  const disputes = new Map(facts.disputes.map((dispute) => [dispute.payment_intent, dispute]));
  return facts.settled.flatMap((session) => {
    const charge = charges.get(session.payment_intent ?? "");
    const dispute = disputes.get(session.payment_intent ?? "");
    const shown = shownOf(session, facts);
    const refunds = charge?.amount_refunded ? [shown?.refunded?.amount === charge.amount_refunded] : [];
    const both = [...refunds, ...(dispute ? [shown?.disputed?.status === dispute.status] : [])];
    return both
      .filter((isShown) => !isShown)
      .map(() => violation(4, `what went back of ${session.id} is not shown`));
  });
}

function shownOf(session: SessionAtStripe, facts: Facts) {
  // A reference that contradicts the metadata is a dead letter; whose purchase it is, nobody can say.
  const users = [ownerOf(facts, session), session.metadata?.["userId"], session.client_reference_id];
  const found = facts.purchases.filter(
    ({ userId, checkoutSessionId }) => checkoutSessionId === session.id && users.includes(String(userId)),
  ) as { refunded?: { amount: number }; disputed?: { status: string } }[];
  const refunded = found.map((purchase) => purchase.refunded).filter(Boolean);
  const disputed = found.map((purchase) => purchase.disputed).filter(Boolean);
  refunded.sort((one, other) => (other?.amount ?? 0) - (one?.amount ?? 0));
  return { refunded: refunded[0], disputed: disputed.at(-1) };
}

/** Milliseconds after which the effect of a call that was given up may still come. */
const LATE = 60_000;

/** Neither the sweep nor the return page begins anything for money that had gone back: only a delivery does. */
function checkNotFollowedUp(facts: Facts): Violation[] {
  const intents = new Map(facts.settled.map(({ id, payment_intent }) => [id, payment_intent ?? ""]));
  return unasked(facts).flatMap(({ name, startedAt, checkoutSessionId }) => {
    const refundedAt = facts.refundedAt.get(intents.get(checkoutSessionId) ?? "") ?? Infinity;
    // A sweep notes what went back before it compares; a page may be faster than the note.
    const isBySweep = facts.sweeps.some(
      ({ from, to }) => refundedAt < from && from <= startedAt && startedAt <= to,
    );
    const isNoted = sweptAfter(facts, refundedAt) < startedAt;
    return isNoted || (isBySweep && !isLookedAt(checkoutSessionId, startedAt, facts))
      ? [violation(4, `${name} was started although all of the money had gone back`)]
      : [];
  });
}

function isLookedAt(sessionId: string, instant: number, { requests }: Facts): boolean {
  return requests.some(
    ({ path, askedAt, answeredAt = Infinity }) =>
      path.endsWith(`/${sessionId}`) && askedAt <= instant && instant <= answeredAt + LATE,
  );
}

interface UnaskedStart {
  name: string;
  startedAt: number;
  checkoutSessionId: string;
  userId: unknown;
}

/** Executions that are to enroll and that no delivery has started. */
export function unasked({ executions, deliveries, sessions, calmSince }: Facts): UnaskedStart[] {
  if (calmSince === undefined) return [];
  const odd = new Set<unknown>(sessions.filter(isContradictory).map(({ id }) => id));
  const firstDelivery = new Map<string, number>();
  for (const { eventId, startedAt } of deliveries)
    firstDelivery.set(eventId, Math.min(startedAt, firstDelivery.get(eventId) ?? Infinity));
  return executions.flatMap((execution) => {
    const { eventId, eventType, checkoutSessionId, userId } = readInput(execution);
    if (/expired|failed/.test(String(eventType)) || odd.has(checkoutSessionId)) return [];
    const startedAt = execution.history.find(({ kind }) => kind === "started")?.at ?? 0;
    if ((firstDelivery.get(String(eventId)) ?? Infinity) <= startedAt) return [];
    // A fresh one takes the place of one that is too old to be redriven, which only a person asks for.
    if (/-r\d$/.test(execution.name)) return [];
    return [{ name: execution.name, startedAt, checkoutSessionId: String(checkoutSessionId), userId }];
  });
}

const readInput = ({ input }: ExecutionAtEnd) => JSON.parse(input) as Item;
