/** What nobody will look at again: what was answered 200, what has left the overflow queue, what the sweep has gone past. */
import { type Facts, isOurs, itemAt, purchaseKey } from "./facts.ts";
import type { EventAtStripe, ExecutionAtEnd, FinalStores, Item, SessionAtStripe } from "./final-stores.ts";
import { type Violation, violation } from "./violation.ts";

export const checkCountedAsDone = (facts: Facts): Violation[] => [
  ...checkAnswered(facts),
  ...checkTakenOff(facts),
  ...checkGonePast(facts),
];

/** Stripe does not deliver again what it was answered 200 for, so by then it is stored where something acts on it. */
function checkAnswered(facts: Facts): Violation[] {
  const ours = new Set(eventsOfOurs(facts).map(({ event }) => event.id));
  const stored = storedSince(facts);
  return facts.deliveries
    .filter(({ eventId, status }) => status === 200 && ours.has(eventId))
    .filter(({ eventId, answeredAt = Infinity }) => (stored.get(eventId) ?? Infinity) > answeredAt)
    .map(({ eventId }) => violation(9, `${eventId} was answered 200 before anything was stored`));
}

/** What is given up goes on as a letter; all else is taken off once it has its execution. */
function checkTakenOff({ executions, overflowEver }: Facts): Violation[] {
  const started = startedSince(executions);
  return overflowEver.flatMap(({ body, takenOffAt = Infinity }) => {
    const { eventId } = JSON.parse(body) as { eventId?: string };
    return eventId && (started.get(eventId) ?? Infinity) > takenOffAt
      ? [violation(9, `${eventId} has left the overflow queue, and nothing was started`)]
      : [];
  });
}

/** @returns since when an event has an execution or a message in the overflow queue, by the event's id */
export function storedSince({
  executions,
  overflowEver,
}: Pick<FinalStores, "executions" | "overflowEver">): Map<unknown, number> {
  const since = startedSince(executions);
  for (const { body, sentAt } of overflowEver) {
    const { eventId, noticeId } = JSON.parse(body) as Item;
    noteEarliest(since, eventId ?? noticeId, sentAt);
  }
  return since;
}

function startedSince(executions: readonly ExecutionAtEnd[]): Map<unknown, number> {
  const since = new Map<unknown, number>();
  for (const execution of executions)
    noteEarliest(since, readInput(execution)["eventId"], startOf(execution));
  return since;
}

const noteEarliest = (since: Map<unknown, number>, id: unknown, at: number) =>
  since.set(id, Math.min(at, since.get(id) ?? at));

/** The next sweep begins at the mark, so when it is set all that lies before it has been taken up, or is owed to nobody. */
function checkGonePast(facts: Facts): Violation[] {
  const checkouts = eventsOfOurs(facts).filter(({ event }) => event.type.startsWith("checkout."));
  const starts = startsBySession(facts);
  const isTakenUp = ({ event, session }: OurEvent, instant: number) =>
    (starts.get(session.id) ?? []).some(
      ({ at, isPaid }) => at <= instant && (isPaid || !isSettling(event)),
    ) ||
    isOwedNothing(session, instant, facts) ||
    (!isSettling(event) && isKnownOver(session, instant, facts));
  // Who has paid by then is owed nothing for the time before it, and by the event that says so everything.
  const isPaidAhead = ({ event, session }: OurEvent, mark: number, instant: number) =>
    !isSettling(event) &&
    checkouts.some(
      (one) =>
        one.session.id === session.id &&
        isSettling(one.event) &&
        mark <= one.event.created * 1000 &&
        one.event.created * 1000 <= instant,
    );
  return (facts.changes.get("SWEEP|METADATA") ?? []).flatMap(({ at, before, after }) =>
    checkouts
      .filter(({ event }) => isBetween(event.created * 1000, before, after))
      .filter((one) => !isTakenUp(one, at) && !isPaidAhead(one, markOf(after), at))
      .map(({ event }) => violation(9, `the sweep has gone past ${event.id}, and nothing has looked at it`)),
  );
}

const markOf = (sweep: Item | undefined) => Date.parse(String(sweep?.["sweptUntil"])) || 0;

const isBetween = (instant: number, before: Item | undefined, after: Item | undefined): boolean =>
  markOf(before) <= instant && instant < markOf(after);

function startsBySession({ executions }: Facts): Map<unknown, { at: number; isPaid: boolean }[]> {
  const starts = new Map<unknown, { at: number; isPaid: boolean }[]>();
  for (const execution of executions) {
    const { checkoutSessionId, paymentStatus } = readInput(execution);
    const start = { at: startOf(execution), isPaid: PAID.has(paymentStatus) };
    starts.set(checkoutSessionId, [...(starts.get(checkoutSessionId) ?? []), start]);
  }
  return starts;
}

/** Decided, or paid back in full and noticed. */
function isOwedNothing(session: SessionAtStripe, instant: number, facts: Facts): boolean {
  return [session.metadata?.["userId"], session.client_reference_id].some((userId) => {
    const purchase = itemAt(facts, purchaseKey(userId, session.id), instant);
    const refunded = purchase?.["refunded"] as { isFull?: boolean } | undefined;
    return Boolean(purchase?.["decision"] ?? refunded?.isFull);
  });
}

/** Who looked at their purchases has learned that it is over, and no form of it would be shown again. */
function isKnownOver(session: SessionAtStripe, instant: number, facts: Facts): boolean {
  const { userId, courseId } = session.metadata ?? {};
  const open = itemAt(facts, `USER#${userId}|CHECKOUT#${courseId}`, instant);
  const isShown = open?.["checkoutSessionId"] === session.id && !open["closedAt"];
  return Boolean(itemAt(facts, purchaseKey(userId, session.id), instant)?.["closedAt"]) && !isShown;
}

const PAID = new Set<unknown>(["paid", "no_payment_required"]);

const isSettling = ({ type, data }: EventAtStripe) =>
  /completed|succeeded/.test(type) && PAID.has(data.object.payment_status);

interface OurEvent {
  event: EventAtStripe;
  session: SessionAtStripe;
}

/** With the session that each is about; what others sell is left out. */
function eventsOfOurs({ events, sessions }: Facts): OurEvent[] {
  const ours = sessions.filter(isOurs);
  const known = new Map(ours.flatMap((one) => [[one.id, one] as const, [one.payment_intent, one] as const]));
  return events.flatMap((event) => {
    const { id, payment_intent: intent } = event.data.object;
    const session = known.get(id) ?? (intent ? known.get(intent) : undefined);
    return session ? [{ event, session }] : [];
  });
}

const readInput = ({ input }: ExecutionAtEnd) => JSON.parse(input) as Item;

const startOf = ({ history }: ExecutionAtEnd) =>
  history.find(({ kind }) => kind === "started")?.at ?? Infinity;
