/**
 * Compares what the payment provider lists of some periods with what is stored, both ways: page by page, so that of all
 * that is read only the ids of what was settled stay in memory.
 */
import { eachConcurrently, inGroups, mapConcurrently } from "../map-concurrently.ts";
import { type Enrollment, isCourseId } from "../model.ts";
import type { PaymentEvent } from "../payment-event.ts";
import { isSettled } from "../payment-event.ts";
import type { Period } from "../period.ts";
import type { CheckoutSession } from "../ports/payments.ts";
import type { Delivery } from "../ports/stores.ts";
import { compareWithEnrollment, findPayableBeside, findStillPayable } from "./against-enrollments.ts";
import { compareWithPayment } from "./against-payments.ts";
import { type Comparison, findOdd, lookTwice } from "./comparison.ts";
import { eventDrift } from "./drift.ts";
import { isWithin, join, secondOf } from "./periods.ts";
import { isClosed, isDelivered, isPaidFor, isStillOwed } from "./plain.ts";

/** As many as are listed, and read, at once. */
const GROUP = 100;

/** What was settled, by checkout session: whether its student was seen to have the course by it. */
type Seen = Map<string, boolean>;

interface Reading extends Comparison {
  seen: Seen;
  courses: Set<string>;
  /** Checkout sessions that were seen to be delivered, and the last that is to be read of each: undefined, if not known. */
  ahead: Map<string, string | undefined>;
}

interface Compared {
  /** What is left of the periods, when there was enough before all was read. */
  left: Period[];
  /** @see Comparison.deliveredBefore: what whoever reads on from here is to be given. */
  deliveredAhead: string[];
}

/** @param periods oldest first, since there may be enough before all of them are read */
export async function comparePeriods(periods: Period[], comparison: Comparison): Promise<Compared> {
  const { deliveredBefore, courseIds } = comparison;
  const seen: Seen = new Map(deliveredBefore.map((id) => [id, true]));
  const reading: Reading = { ...comparison, seen, courses: new Set(courseIds), ahead: new Map() };
  const left: Period[] = [];
  const read = await mapConcurrently(periods, async ({ since, until }) => {
    const reached = await compareEvents({ since, until }, reading);
    if (reached > since) left.push({ since, until: reached });
    return reached < until ? { since: reached, until } : undefined;
  });
  await eachConcurrently(read, (period) => compareSessions(period, reading));
  await compareEnrollments(join(read), reading);
  return { left, deliveredAhead: read.length > 0 ? stillAhead(reading, read) : [...deliveredBefore] };
}

const stillAhead = ({ ahead }: Reading, read: Period[]): string[] =>
  [...ahead].flatMap(([id, last]) => (last && read.some((period) => isWithin(period, last)) ? [] : [id]));

/** @returns down to where they were read; the newest are first */
async function compareEvents({ since, until }: Period, reading: Reading): Promise<Date> {
  const { ports, seen, looked, report, isEnough, isTooMuch } = reading;
  if (isEnough(seen.size)) return until;
  const events = ports.payments.listPaymentEvents({ since, until }, datedBy(since, report));
  for await (const group of inGroups(events, GROUP)) {
    looked.events += group.length;
    await compareGroup(group, { since, until }, reading);
    const reached = secondOf(group.at(-1)?.occurredAt ?? "").until;
    // A smaller group is the last one.
    const isCut = group.length === GROUP && isTooMuch(seen.size);
    if (isCut && reached > since && reached < until) return reached;
  }
  return since;
}

async function compareGroup(events: PaymentEvent[], period: Period, reading: Reading): Promise<void> {
  const { seen, ahead, courses, ports, hasExecution } = reading;
  for (const { courseId } of events) if (isCourseId(courseId)) courses.add(courseId);
  const settled = events.filter((event) => {
    if (!isSettled(event) || seen.has(event.checkoutSessionId)) return false;
    seen.set(event.checkoutSessionId, false);
    return true;
  });
  const unpaid = events.filter((event) => !isSettled(event) && !seen.has(event.checkoutSessionId));
  const isPlain = (event: PaymentEvent, delivery: Delivery) => {
    if (!isSettled(event)) return isClosed(event, delivery);
    if (!isDelivered(event, delivery)) return !isStillOwed(event, delivery);
    seen.set(event.checkoutSessionId, true);
    const { enrolledAt = "" } = delivery.enrollment ?? {};
    if (!isWithin(period, enrolledAt)) ahead.set(event.checkoutSessionId, enrolledAt);
    return true;
  };
  const odd = await findOdd([...settled, ...unpaid], isPlain, occurredAt, reading);
  await lookTwice(odd.filter(isSettled), (event) => lookAtSettled(event, ports), occurredAt, reading);
  const rest = odd.filter((event) => !isSettled(event));
  if (!hasExecution)
    await eachConcurrently(rest, (event) =>
      reading.onDrift(eventDrift("not-started", event), occurredAt(event)),
    );
  else {
    const look = async (event: PaymentEvent) =>
      (await hasExecution(event)) ? [] : [eventDrift("not-started", event)];
    await lookTwice(rest, look, occurredAt, reading);
  }
}

const occurredAt = (event: PaymentEvent) => event.occurredAt;

async function lookAtSettled(settlement: PaymentEvent, ports: Comparison["ports"]) {
  const { userId, courseId, checkoutSessionId } = settlement;
  const enrollment =
    userId && isCourseId(courseId) ? await ports.enrollments.findEnrollment(userId, courseId) : undefined;
  return enrollment?.stripeSessionId === checkoutSessionId
    ? lookAtEnrollment(enrollment, true, ports)
    : [await compareWithEnrollment(settlement, enrollment, ports)];
}

const lookAtEnrollment = async (
  enrollment: Enrollment,
  isKnownSettled: boolean,
  ports: Comparison["ports"],
) => [
  await compareWithPayment(enrollment, isKnownSettled, ports),
  await findPayableBeside(enrollment, ports),
];

/** Those that are open, and those that are settled and of which no event has told. */
async function compareSessions(period: Period, reading: Reading): Promise<void> {
  const { ports, seen, ahead, looked, report, toldLater, readAgain } = reading;
  const sessions = ports.payments.listCheckouts(period, datedBy(period.since, report));
  for await (const group of inGroups(sessions, GROUP)) {
    looked.sessions += group.length;
    const rest = group.filter(({ status, settlement, checkoutSessionId }) =>
      settlement ? !seen.has(checkoutSessionId) : status === "open",
    );
    const isPlain = (session: CheckoutSession, delivery: Delivery) => {
      if (!session.settlement) return !delivery.enrollment;
      if (!isDelivered(session, delivery)) return !isStillOwed(session, delivery);
      // The event that tells of it comes later.
      seen.set(session.checkoutSessionId, true);
      ahead.set(session.checkoutSessionId, undefined);
      return true;
    };
    const odd = await findOdd(rest, isPlain, createdAt, reading);
    const open = odd.filter(({ settlement }) => !settlement);
    await lookTwice(open, async (session) => [await findStillPayable(session, ports)], createdAt, reading);
    const untold = odd.flatMap(({ settlement }) => settlement ?? []);
    if (untold.length === 0) continue;
    if (!toldLater) {
      untold.map(occurredAt).forEach(readAgain);
      continue;
    }
    const told = await toldLater();
    const lost = untold.filter(({ checkoutSessionId }) => !told.has(checkoutSessionId));
    await lookTwice(lost, (settlement) => lookAtSettled(settlement, ports), occurredAt, reading);
  }
}

const createdAt = (session: CheckoutSession) => session.createdAt ?? "";

/** Of all courses: one that was paid may be free, retired or, for all that its events name it, gone by now. */
async function compareEnrollments(periods: Period[], reading: Reading): Promise<void> {
  const { ports, seen, looked, report, courses } = reading;
  const pairs = [...courses].flatMap((courseId) => periods.map((period) => ({ courseId, period })));
  await eachConcurrently(pairs, async ({ courseId, period }) => {
    const listed = ports.enrollments.listEnrollmentsOf(courseId, period, datedBy(period.since, report));
    for await (const group of inGroups(listed, GROUP)) {
      looked.enrollments += group.length;
      const rest = group.filter(({ stripeSessionId }) => !stripeSessionId || !seen.get(stripeSessionId));
      const named = rest.map((one) => ({ ...one, checkoutSessionId: one.stripeSessionId }));
      const odd = await findOdd(named, isPaidFor, enrolledAt, reading);
      const look = (one: Enrollment) => lookAtEnrollment(one, seen.has(one.stripeSessionId ?? ""), ports);
      await lookTwice(odd, look, enrolledAt, reading);
    }
  });
}

const enrolledAt = (enrollment: Enrollment) => enrollment.enrolledAt;

/** What cannot be read is read again together with the whole period when nobody can say when it was. */
const datedBy =
  (since: Date, report: Comparison["report"]): Comparison["report"] =>
  (record, at = since.toISOString()) =>
    report(record, at);
