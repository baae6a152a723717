/** Reconciliation: what the payment provider says was paid against what was delivered and decided, both ways. */
import { mapConcurrently } from "../map-concurrently.ts";
import { type Enrollment, isCourseId } from "../model.ts";
import { isSettled, type PaymentEvent } from "../payment-event.ts";
import type { ExecutionFollowUp, ExecutionRecords } from "../ports/executions.ts";
import type { PaymentProvider, PaymentRecords } from "../ports/payments.ts";
import type {
  CourseStore,
  EnrollmentRecords,
  EnrollmentStore,
  OpenCheckoutStore,
  PurchaseRecords,
  PurchaseStore,
  ReportUnreadable,
} from "../ports/stores.ts";
import type { UnreadableRecord } from "../unreadable-record.ts";
import {
  compareWithEnrollment,
  findPayableBeside,
  findStillPayable,
  settlementsBySession,
} from "./against-enrollments.ts";
import { compareWithPayment } from "./against-payments.ts";
import { lookAfter } from "./awaiting-attention.ts";
import { type Drift, eventDrift, keyOf } from "./drift.ts";

export interface Period {
  since: Date;
  /** What is younger may still be under way. */
  until: Date;
}

export interface Reconciliation {
  looked: Record<"events" | "sessions" | "enrollments" | "executions", number>;
  drift: Drift[];
  /** At the second look only. It may be under way, so it is no drift yet, and whoever goes on from here must look again. */
  seenOnce: Drift[];
  /** Named and left out: none of them stops the others. */
  unreadable: UnreadableRecord[];
}

export interface ReconcilePorts {
  payments: PaymentRecords & Pick<PaymentProvider, "findCheckout">;
  courses: Pick<CourseStore, "listCourses">;
  openCheckouts: Pick<OpenCheckoutStore, "findOpenCheckout">;
  enrollments: Pick<EnrollmentStore, "findEnrollment"> & EnrollmentRecords;
  purchases: PurchaseRecords & Pick<PurchaseStore, "findPurchase" | "clearAttention" | "noteFailure">;
  executions: ExecutionRecords & Pick<ExecutionFollowUp, "findExecutionStatus">;
  pause: (milliseconds: number) => Promise<void>;
  now: () => Date;
}

/** An execution follows its event, but by another clock. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;
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
  const first = await compareOnce(period, ports, announce);
  if (first.drift.length === 0) return first;
  announce(`${first.drift.length} found; looking again`);
  await ports.pause(SECOND_LOOK_MS);
  const second = await compareOnce(period, ports, () => {});
  const found = new Set(first.drift.map(keyOf));
  const isFoundTwice = (drift: Drift) => found.has(keyOf(drift));
  return {
    ...second,
    drift: second.drift.filter(isFoundTwice),
    seenOnce: second.drift.filter((drift) => !isFoundTwice(drift)),
    // What was mended meanwhile has been looked at once only.
    unreadable: [
      ...new Map([...first.unreadable, ...second.unreadable].map((one) => [one.key, one])).values(),
    ],
  };
}

async function compareOnce(
  period: Period,
  ports: ReconcilePorts,
  announce: (step: string) => void,
): Promise<Reconciliation> {
  const unreadable = new Map<string, UnreadableRecord>();
  const report: ReportUnreadable = (record) => unreadable.set(record.key, record);
  const seen = await collectRecords(period, ports, report, announce);
  const { executions, events, sessions, enrollments } = seen;

  const settlements = settlementsBySession(events, sessions);
  const found = [
    await mapConcurrently(
      await ports.purchases.listPurchasesAwaitingAttention(report),
      (purchase) => lookAfter(purchase, ports),
      report,
    ),
    await mapConcurrently(
      [...settlements.values()],
      (event) => compareWithEnrollment(event, events, executions, ports),
      report,
    ),
    await mapConcurrently(sessions, (session) => findStillPayable(session, ports), report),
    await mapConcurrently(enrollments, (one) => findPayableBeside(one, ports), report),
    await mapConcurrently(enrollments, (one) => compareWithPayment(one, settlements, ports), report),
    events
      .filter((event) => !isSettled(event) && !settlements.has(event.checkoutSessionId))
      .filter(({ eventId }) => !executions.has(eventId))
      .map((event) => eventDrift("not-started", event)),
  ].flat();
  return {
    looked: {
      events: events.length,
      sessions: sessions.length,
      enrollments: enrollments.length,
      executions: executions.size,
    },
    drift: [...new Map(found.map((drift) => [keyOf(drift), drift])).values()],
    seenOnce: [],
    unreadable: [...unreadable.values()],
  };
}

async function collectRecords(
  period: Period,
  ports: ReconcilePorts,
  report: ReportUnreadable,
  announce: (step: string) => void,
) {
  const isDue = (at = "") => Date.parse(at) <= period.until.getTime();
  const executions = await ports.executions.listExecutionsSince(
    new Date(period.since.getTime() - CLOCK_SKEW_MS),
  );
  announce(`${executions.size} executions`);
  const allEvents = await collect(ports.payments.listPaymentEvents(period.since, report));
  const events = allEvents.filter(({ occurredAt }) => isDue(occurredAt));
  const underWay = new Set(
    allEvents.flatMap((event) => (isDue(event.occurredAt) ? [] : event.checkoutSessionId)),
  );
  announce(`${executions.size} executions, ${events.length} events`);
  const sessions = (await collect(ports.payments.listCheckouts(period.since, report))).filter(
    ({ checkoutSessionId, createdAt }) => isDue(createdAt) && !underWay.has(checkoutSessionId),
  );
  announce(`${executions.size} executions, ${events.length} events, ${sessions.length} sessions`);
  const named = [...events, ...sessions.flatMap(({ settlement }) => settlement ?? [])];
  const enrollments = (await listEnrollments(period, named, ports, report)).filter(({ enrolledAt }) =>
    isDue(enrolledAt),
  );
  return { executions, events, sessions, enrollments };
}

/** Of all courses: one that was paid may be free, retired or, for all that its events name it, gone by now. */
async function listEnrollments(
  period: Period,
  events: PaymentEvent[],
  { courses, enrollments }: ReconcilePorts,
  report: ReportUnreadable,
): Promise<Enrollment[]> {
  const known = (await courses.listCourses()).map(({ courseId }) => courseId);
  const named = events.map(({ courseId }) => courseId).filter(isCourseId);
  const byCourse = await mapConcurrently(
    [...new Set([...known, ...named])],
    (courseId) => enrollments.listEnrollmentsSince(courseId, period.since, report),
    report,
  );
  return byCourse.flat();
}

async function collect<T>(records: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const record of records) all.push(record);
  return all;
}
