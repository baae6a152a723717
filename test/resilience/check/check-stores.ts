/** The five promises, each checked on the final stores alone. */
import type { ExecutionAtEnd, FinalStores, SessionAtStripe } from "./final-stores.ts";

export const PROMISES = {
  1: "a settled checkout session ends in exactly one enrollment or a dead letter that names it",
  2: "never two enrollments, none without a settled checkout session, none of another student's",
  3: "a delivery after a failed execution leads to a fresh attempt",
  4: "a second payment for one course is visible to an operator",
  5: "the linked customer is the first one and never changes",
} as const;

export type PromiseNumber = keyof typeof PROMISES;

export interface Violation {
  promise: PromiseNumber;
  what: string;
}

export function checkStores(stores: FinalStores): Violation[] {
  return [
    ...checkNothingLost(stores),
    ...checkNothingTooMuch(stores),
    ...checkFreshAttempts(stores),
    ...checkSecondPayments(stores),
    ...checkCustomers(stores),
  ];
}

const violation = (promise: PromiseNumber, what: string): Violation => ({ promise, what });

/** Where a student's enrollment in a course is, as an item or a session names them. */
const placeOf = (named: { userId?: unknown; courseId?: unknown } | null | undefined) =>
  `${String(named?.userId)}/${String(named?.courseId)}`;

const settledSessions = ({ sessions }: FinalStores) =>
  sessions.filter(
    ({ status, payment_status }) =>
      status === "complete" && (payment_status === "paid" || payment_status === "no_payment_required"),
  );

const enrollmentsOf = ({ items }: FinalStores) =>
  items.filter(({ SK }) => String(SK).startsWith("ENROLLMENT#"));

/** A dead letter may be the state machine's own or an event that the overflow queue gave up on. */
function lettersNaming({ deadLetters }: FinalStores, { id }: SessionAtStripe): Record<string, unknown>[] {
  return deadLetters
    .map((body) => JSON.parse(body) as Record<string, unknown>)
    .filter(({ checkoutSessionId }) => checkoutSessionId === id);
}

function checkNothingLost(stores: FinalStores): Violation[] {
  const enrolled = new Set(enrollmentsOf(stores).map(placeOf));
  return settledSessions(stores)
    .filter(({ metadata }) => !enrolled.has(placeOf(metadata)))
    .filter((session) => lettersNaming(stores, session).length === 0)
    .map(({ id }) => violation(1, `${id} is settled; there is neither an enrollment nor a dead letter`));
}

function checkNothingTooMuch(stores: FinalStores): Violation[] {
  const settled = new Map(settledSessions(stores).map((session) => [session.id, session]));
  const seen = new Set<string>();
  const wrong = enrollmentsOf(stores).flatMap(({ PK, SK, userId, courseId, stripeSessionId }) => {
    const place = placeOf({ userId, courseId });
    const session = settled.get(String(stripeSessionId));
    const again = seen.has(place) || seen.has(String(stripeSessionId));
    seen.add(place).add(String(stripeSessionId));
    if (again) return [violation(2, `${place} is enrolled twice`)];
    if (!session)
      return [violation(2, `${place} is enrolled by ${String(stripeSessionId)}, which is not settled`)];
    const named = [session.client_reference_id, session.metadata?.["userId"]].every((id) => id === userId);
    const inPlace = PK === `USER#${String(userId)}` && SK === `ENROLLMENT#${String(courseId)}`;
    if (named && inPlace && session.metadata?.["courseId"] === courseId) return [];
    return [violation(2, `${place} is enrolled by ${session.id}, which names another student or course`)];
  });
  const rewritten = stores.stream
    .filter(({ key, before }) => key.includes("|ENROLLMENT#") && before)
    .map(({ key }) => violation(2, `${key} was written more than once`));
  return [...wrong, ...rewritten];
}

function checkFreshAttempts({ deliveries, executions, deadLetters }: FinalStores): Violation[] {
  const byEvent = new Map<string, ExecutionAtEnd[]>();
  for (const execution of executions) {
    const { eventId } = JSON.parse(execution.input) as { eventId: string };
    byEvent.set(eventId, [...(byEvent.get(eventId) ?? []), execution]);
  }
  const given = new Set(
    deadLetters
      .map((body) => JSON.parse(body) as { eventId: string; executionArn?: string })
      .filter(({ executionArn }) => !executionArn)
      .map(({ eventId }) => eventId),
  );
  return deliveries
    .filter(({ status, eventId }) => status === 200 && !given.has(eventId))
    .filter(({ eventId, startedAt }) => {
      const attempts = byEvent.get(eventId) ?? [];
      const standing = attempts.map((execution) => statusAt(execution, startedAt)).filter(Boolean);
      const hadFailed = standing.length > 0 && standing.every((status) => status === "failed");
      return hadFailed && !attempts.some((execution) => isAttemptedSince(execution, startedAt));
    })
    .map(({ eventId }) =>
      violation(3, `${eventId} was delivered after its execution had failed; nothing was tried`),
    );
}

/** @returns undefined before the execution's start */
function statusAt({ history }: ExecutionAtEnd, instant: number): string | undefined {
  const last = history.findLast(({ at, kind }) => at < instant && kind !== "entered" && kind !== "task");
  return last?.kind;
}

/** To be started again is not enough: work must have begun. */
function isAttemptedSince({ history }: ExecutionAtEnd, instant: number): boolean {
  const again = history.findIndex(
    ({ at, kind }) => at >= instant && (kind === "started" || kind === "redriven"),
  );
  return again >= 0 && history.slice(again).some(({ kind }) => kind === "task");
}

function checkSecondPayments(stores: FinalStores): Violation[] {
  const enrollments = new Map(enrollmentsOf(stores).map((item) => [placeOf(item), item]));
  return settledSessions(stores).flatMap((session) => {
    const standing = enrollments.get(placeOf(session.metadata));
    if (!standing || standing["stripeSessionId"] === session.id) return [];
    const letters = lettersNaming(stores, session);
    if (letters.length === 0)
      return [violation(4, `${session.id} paid for what was owned; nobody can see it`)];
    const told = letters
      .filter(({ error }) => error === "DoublePayment")
      .map((letter) => JSON.stringify(letter));
    const intents = [session.payment_intent, standing["stripePaymentIntentId"]].filter(Boolean).map(String);
    const complete = told.every((letter) => intents.every((intent) => letter.includes(intent)));
    return complete ? [] : [violation(4, `the dead letter of ${session.id} does not name both payments`)];
  });
}

function checkCustomers(stores: FinalStores): Violation[] {
  const customers = new Map<string, unknown>();
  const changed = stores.stream
    .filter(({ key }) => /^USER#.*\|METADATA$/.test(key))
    .filter(({ key, after }) => {
      const customer = after?.stripeCustomerId;
      const first = customers.get(key) ?? customer;
      if (customer) customers.set(key, first);
      return first !== customer;
    })
    .map(({ key }) => violation(5, `the customer of ${key} was changed`));
  const foreign = stores.items
    .filter(({ SK, stripeCustomerId }) => SK === "METADATA" && stripeCustomerId)
    .filter(({ userId, stripeCustomerId }) =>
      settledSessions(stores).every(
        ({ customer, client_reference_id }) =>
          customer !== stripeCustomerId || client_reference_id !== userId,
      ),
    )
    .map(({ userId }) => violation(5, `${String(userId)} is linked to a customer of no payment of theirs`));
  return [...changed, ...foreign];
}
