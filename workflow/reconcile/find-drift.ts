/** Reconciliation: what the payment provider says was paid against what was delivered, both ways. */
import type { Enrollment } from "../model.ts";
import { isSettled, type PaymentEvent } from "../payment-event.ts";
import type { ExecutionRecords, ExecutionStatus } from "../ports/executions.ts";
import type { CheckoutSession, PaymentProvider, PaymentRecords } from "../ports/payments.ts";
import type { CourseStore, EnrollmentRecords, EnrollmentStore } from "../ports/stores.ts";

/**
 * - `paid-not-enrolled`: settled, and the student has not got the course
 * - `paid-twice`: settled, and the student has the course by another payment
 * - `not-started`: an event about a checkout that was not paid, and no execution has looked at it
 * - `still-payable`: a session that is open although its student has the course
 * - `enrolled-not-paid`: an enrollment whose session is not settled, or unknown
 */
export type DriftKind =
  | "paid-not-enrolled"
  | "paid-twice"
  | "not-started"
  | "still-payable"
  | "enrolled-not-paid";

export interface Drift {
  kind: DriftKind;
  checkoutSessionId: string;
  userId: string | null;
  courseId: string | null;
  /** When the event, the session or the enrollment came to be. */
  since: string;
  /** The execution that was to act on it, if there is one. */
  executionName?: string;
  executionStatus?: ExecutionStatus;
  /** What an execution would take as input. */
  event?: PaymentEvent;
}

export interface Period {
  since: Date;
  /** What is younger may still be under way. */
  until: Date;
}

export interface Reconciliation {
  looked: Record<"events" | "sessions" | "enrollments" | "executions", number>;
  drift: Drift[];
}

export interface ReconcilePorts {
  payments: PaymentRecords & Pick<PaymentProvider, "findCheckout">;
  courses: Pick<CourseStore, "listCourses">;
  enrollments: Pick<EnrollmentStore, "findEnrollment"> & EnrollmentRecords;
  executions: ExecutionRecords;
  pause: (milliseconds: number) => Promise<void>;
}

/** A checkout session lives for a day at most before it is paid or expires. */
const LONGEST_CHECKOUT_MS = 24 * 60 * 60 * 1000;
/** An execution follows its event, but by another clock. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;
const READS_AT_ONCE = 10;
/** Longer than a delivery takes from Stripe's event to the enrollment. */
const SECOND_LOOK_MS = 3_000;

/**
 * What it finds is looked at a second time, since a purchase may have been under way at the first.
 * @param announce told what is being looked at, in words for people
 */
export async function reconcile(
  period: Period,
  ports: ReconcilePorts,
  announce: (step: string) => void = () => {},
): Promise<Reconciliation> {
  const first = await look(period, ports, announce);
  if (first.drift.length === 0) return first;
  announce(`${first.drift.length} found; looking again`);
  await ports.pause(SECOND_LOOK_MS);
  const second = await look(period, ports, () => {});
  const found = new Set(first.drift.map(keyOf));
  return { ...second, drift: second.drift.filter((drift) => found.has(keyOf(drift))) };
}

const keyOf = ({ kind, checkoutSessionId, event }: Drift) =>
  [kind, checkoutSessionId, event?.eventType].join();

async function look(
  period: Period,
  ports: ReconcilePorts,
  announce: (step: string) => void,
): Promise<Reconciliation> {
  const executions = await ports.executions.listExecutionsSince(before(period.since, CLOCK_SKEW_MS));
  announce(`${executions.size} executions`);
  const isDue = (at = "") => Date.parse(at) <= period.until.getTime();
  const allEvents = await collect(ports.payments.listPaymentEvents(period.since));
  const events = allEvents.filter(({ occurredAt }) => isDue(occurredAt));
  const underWay = new Set(
    allEvents.flatMap((event) => (isDue(event.occurredAt) ? [] : event.checkoutSessionId)),
  );
  announce(`${executions.size} executions, ${events.length} events`);
  const sessions = (
    await collect(ports.payments.listCheckouts(before(period.since, LONGEST_CHECKOUT_MS)))
  ).filter(({ checkoutSessionId, createdAt }) => isDue(createdAt) && !underWay.has(checkoutSessionId));
  announce(`${executions.size} executions, ${events.length} events, ${sessions.length} sessions`);

  const settlements = settlementsBySession(events, sessions);
  const unsettled = events.filter((event) => !isSettled(event.paymentStatus));
  const notStarted = unsettled
    .filter((event) => !settlements.has(event.checkoutSessionId) && !executions.has(event.eventId))
    .map((event) => eventDrift("not-started", event));
  const unmatched = await mapConcurrently([...settlements.values()], (event) =>
    compareWithEnrollment(event, events, executions, ports),
  );
  const payable = await mapConcurrently(sessions, (session) => findStillPayable(session, ports));
  const enrollments = (await listEnrollments(period, ports)).filter(({ enrolledAt }) => isDue(enrolledAt));
  const unpaid = await mapConcurrently(enrollments, (enrollment) =>
    findUnpaid(enrollment, settlements, ports),
  );

  return {
    looked: {
      events: events.length,
      sessions: sessions.length,
      enrollments: enrollments.length,
      executions: executions.size,
    },
    drift: [...unmatched, ...payable, ...unpaid, ...notStarted],
  };
}

/** One event per settled session; the provider's own where it is known, since its execution is named after it. */
function settlementsBySession(
  events: PaymentEvent[],
  sessions: CheckoutSession[],
): Map<string, PaymentEvent> {
  const settled = [
    ...sessions.flatMap(({ settlement }) => settlement ?? []),
    ...events.filter((event) => isSettled(event.paymentStatus)),
  ];
  return new Map(settled.map((event) => [event.checkoutSessionId, event]));
}

async function compareWithEnrollment(
  settlement: PaymentEvent,
  events: PaymentEvent[],
  executions: Map<string, ExecutionStatus>,
  { enrollments }: ReconcilePorts,
): Promise<Drift | undefined> {
  const { userId, courseId, checkoutSessionId } = settlement;
  const enrollment = userId && courseId ? await enrollments.findEnrollment(userId, courseId) : undefined;
  if (enrollment?.stripeSessionId === checkoutSessionId) return undefined;

  // Several events may tell of one settlement, and the return page starts one by the session's own name.
  const ofSession = events.filter(
    (event) => event.checkoutSessionId === checkoutSessionId && isSettled(event.paymentStatus),
  );
  const candidates = [settlement, ...ofSession, { ...settlement, eventId: checkoutSessionId }];
  const standing = candidates.find(({ eventId }) => executions.has(eventId));
  const status = standing && executions.get(standing.eventId);
  if (status === "running") return undefined;
  return {
    ...eventDrift(enrollment ? "paid-twice" : "paid-not-enrolled", standing ?? settlement),
    ...(standing && status && { executionName: standing.eventId, executionStatus: status }),
  };
}

async function findStillPayable(
  { status, userId, courseId, checkoutSessionId, createdAt = "" }: CheckoutSession,
  { enrollments }: ReconcilePorts,
): Promise<Drift | undefined> {
  if (status !== "open" || !userId || !courseId) return undefined;
  if (!(await enrollments.findEnrollment(userId, courseId))) return undefined;
  return { kind: "still-payable", checkoutSessionId, userId, courseId, since: createdAt };
}

async function listEnrollments(
  period: Period,
  { courses, enrollments }: ReconcilePorts,
): Promise<Enrollment[]> {
  const paid = (await courses.listCourses()).filter(({ pricingModel }) => pricingModel === "paid");
  const byCourse = await mapConcurrently(paid, ({ courseId }) =>
    enrollments.listEnrollmentsSince(courseId, period.since),
  );
  return byCourse.flat();
}

async function findUnpaid(
  { userId, courseId, enrolledAt, enrollmentType, stripeSessionId }: Enrollment,
  settlements: Map<string, PaymentEvent>,
  { payments }: ReconcilePorts,
): Promise<Drift | undefined> {
  if (enrollmentType !== "paid" || settlements.has(stripeSessionId ?? "")) return undefined;
  const session = stripeSessionId ? await payments.findCheckout(stripeSessionId) : undefined;
  if (session?.settlement) return undefined;
  const checkoutSessionId = stripeSessionId ?? "none";
  return { kind: "enrolled-not-paid", checkoutSessionId, userId, courseId, since: enrolledAt };
}

function eventDrift(kind: DriftKind, event: PaymentEvent): Drift {
  const { checkoutSessionId, userId, courseId, occurredAt } = event;
  return { kind, checkoutSessionId, userId, courseId, since: occurredAt, event };
}

const before = (instant: Date, milliseconds: number) => new Date(instant.getTime() - milliseconds);

async function collect<T>(records: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const record of records) all.push(record);
  return all;
}

/** A few at once, so that a day's purchases are neither read one by one nor all at the same time. */
async function mapConcurrently<T, Result>(
  items: T[],
  read: (item: T) => Promise<Result | undefined>,
): Promise<Result[]> {
  const results: Result[] = [];
  const rest = items.values();
  async function readOn() {
    for (const item of rest) {
      const result = await read(item);
      if (result !== undefined) results.push(result);
    }
  }
  await Promise.all(Array.from({ length: READS_AT_ONCE }, readOn));
  return results;
}
