/** A student's purchases as they stand, on whichever device they were made. */
import type { PurchaseSummary, PurchasesAnswer, Stage } from "../contract.ts";
import { leadsOn } from "../enroll/leads-on.ts";
import { mapConcurrently } from "../map-concurrently.ts";
import type { Enrollment } from "../model.ts";
import { orderNumberOf } from "../order-number.ts";
import type { CheckoutSession, PaymentProvider } from "../ports/payments.ts";
import type { CourseStore, EnrollmentStore, PurchaseStore, ReportUnreadable } from "../ports/stores.ts";
import { chargeOf, type Purchase } from "../purchase.ts";
import { recordedStage, sessionStage } from "./stage.ts";

/** Each may be a question to the payment provider. */
const MOST_PURCHASES = 50;

export interface ListPurchasesPorts {
  purchases: Pick<PurchaseStore, "listPurchases" | "noteSettlement" | "closePurchase">;
  enrollments: Pick<EnrollmentStore, "listEnrollments">;
  courses: Pick<CourseStore, "findCourses">;
  payments: Pick<PaymentProvider, "findCheckout">;
  now: () => Date;
  /** Told that the payment provider could not be asked; the purchase is listed with what is known of it. */
  onProviderAway: (error: unknown) => void;
}

/**
 * @param after the last purchase of the page before; undefined: from the newest
 * @returns a page, newest first; undefined when `after` is none of theirs
 */
export async function listPurchases(
  userId: string,
  after: string | undefined,
  ports: ListPurchasesPorts,
  report: ReportUnreadable,
): Promise<PurchasesAnswer | undefined> {
  const [purchases, enrollments] = await Promise.all([
    ports.purchases.listPurchases(userId, report),
    ports.enrollments.listEnrollments(userId, report),
  ]);
  const sorted = purchases.toSorted(newestFirst);
  const start = after === undefined ? 0 : sorted.findIndex((one) => one.checkoutSessionId === after) + 1;
  if (after !== undefined && start === 0) return undefined;
  const page = sorted.slice(start, start + MOST_PURCHASES);
  const byCourse = new Map(enrollments.map((enrollment) => [enrollment.courseId, enrollment]));
  const summaries = await mapConcurrently(
    page,
    (purchase) => summarise(purchase, byCourse.get(purchase.courseId), ports),
    report,
  );
  const told = await tellOfCourses(page, summaries, ports);
  const next = sorted.length > start + page.length && page.at(-1)?.checkoutSessionId;
  return { purchases: told.toSorted(newestFirst), ...(next && { next }) };
}

interface Dated {
  checkoutSessionId: string;
  openedAt?: string | null | undefined;
  settledSeenAt?: string | undefined;
}

/** In one order whoever asks, also of those that were opened at once. */
const newestFirst = (one: Dated, other: Dated) => (placeOf(other) < placeOf(one) ? -1 : 1);

const placeOf = ({ openedAt, settledSeenAt, checkoutSessionId }: Dated) =>
  `${openedAt ?? settledSeenAt ?? ""} ${checkoutSessionId}`;

/** Where the course is taken, of what is enrolled; whether what is open leads on. Of nothing else is the course looked at. */
async function tellOfCourses(
  purchases: Purchase[],
  summaries: PurchaseSummary[],
  { courses }: ListPurchasesPorts,
): Promise<PurchaseSummary[]> {
  const asking = summaries.filter(({ stage, enrolled }) => stage === "open" || enrolled);
  const found = await courses.findCourses([...new Set(asking.map(({ courseId }) => courseId))]);
  const courseOf = new Map(found.map((course) => [course.courseId, course]));
  const purchaseOf = new Map(purchases.map((purchase) => [purchase.checkoutSessionId, purchase]));
  return summaries.map((summary) => {
    const course = courseOf.get(summary.courseId);
    const purchase = purchaseOf.get(summary.checkoutSessionId);
    return {
      ...summary,
      ...(summary.enrolled && course?.accessUrl && { accessUrl: course.accessUrl }),
      ...(summary.stage === "open" && purchase && { canContinue: leadsOn(purchase, course) }),
    };
  });
}

async function summarise(
  purchase: Purchase,
  enrollment: Enrollment | undefined,
  ports: ListPurchasesPorts,
): Promise<PurchaseSummary> {
  const hasFailed = Boolean(purchase.needsAttention);
  const recorded = recordedStage(purchase, enrollment, hasFailed);
  const isComplete = purchase.settlement ?? (recorded && recorded !== "enrolled");
  if (recorded && isComplete) return toSummary(purchase, enrollment, recorded);
  try {
    return await ask(purchase, enrollment, ports);
  } catch (error) {
    ports.onProviderAway(error);
    return toSummary(purchase, enrollment, recorded ?? likelyStage(purchase, ports.now()));
  }
}

/** Once: what can never change again is remembered, so that nobody asks for it twice. */
async function ask(
  purchase: Purchase,
  enrollment: Enrollment | undefined,
  { payments, purchases, now }: ListPurchasesPorts,
): Promise<PurchaseSummary> {
  const session = await payments.findCheckout(purchase.checkoutSessionId);
  if (!session)
    return toSummary(purchase, enrollment, recordedStage(purchase, enrollment, false) ?? "expired");
  if (session.settlement) {
    const settled = await purchases.noteSettlement(purchase, session.settlement, now().toISOString());
    return toSummary(settled, enrollment, recordedStage(settled, enrollment, false) ?? "paid");
  }
  if (isOver(session)) await purchases.closePurchase(purchase, now().toISOString());
  return toSummary(purchase, enrollment, sessionStage(session, enrollment));
}

const isOver = ({ status, paymentFailed }: CheckoutSession) => status === "expired" || paymentFailed;

/** Past its end an unpaid session is expired, so what is not known to be expired is a debit under way. */
const likelyStage = ({ expiresAt = "" }: Purchase, now: Date): Stage =>
  Date.parse(expiresAt) > now.getTime() ? "open" : "processing";

function toSummary(purchase: Purchase, enrollment: Enrollment | undefined, stage: Stage): PurchaseSummary {
  const { checkoutSessionId, courseId, courseName, unitAmount, currency, openedAt } = purchase;
  const { settlement, settledSeenAt } = purchase;
  return {
    checkoutSessionId,
    courseId,
    courseName: courseName ?? courseId,
    unitAmount: unitAmount ?? settlement?.amountSubtotal ?? null,
    currency: currency ?? settlement?.currency ?? null,
    orderNumber: orderNumberOf(checkoutSessionId),
    openedAt: openedAt ?? settledSeenAt ?? null,
    ...chargeOf(purchase),
    stage,
    enrolled: Boolean(enrollment),
  };
}
