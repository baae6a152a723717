/** Reconciliation: what the payment provider says was paid against what was delivered, both ways. */
import { mapConcurrently } from "../map-concurrently.ts";
import type { Enrollment } from "../model.ts";
import { isSettled } from "../payment-event.ts";
import type { ExecutionRecords } from "../ports/executions.ts";
import type { PaymentProvider, PaymentRecords } from "../ports/payments.ts";
import type { CourseStore, EnrollmentRecords, EnrollmentStore } from "../ports/stores.ts";
import { compareWithEnrollment, findStillPayable, settlementsBySession } from "./against-enrollments.ts";
import { findUnpaid } from "./against-payments.ts";
import { type Drift, eventDrift, keyOf } from "./drift.ts";

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
  return { ...second, drift: second.drift.filter((drift) => found.has(keyOf(drift))) };
}

async function compareOnce(
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
    compareWithEnrollment(event, events, executions, ports.enrollments),
  );
  const payable = await mapConcurrently(sessions, (session) => findStillPayable(session, ports.enrollments));
  const enrollments = (await listEnrollments(period, ports)).filter(({ enrolledAt }) => isDue(enrolledAt));
  const unpaid = await mapConcurrently(enrollments, (enrollment) =>
    findUnpaid(enrollment, settlements, ports.payments),
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

const before = (instant: Date, milliseconds: number) => new Date(instant.getTime() - milliseconds);

async function collect<T>(records: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const record of records) all.push(record);
  return all;
}
