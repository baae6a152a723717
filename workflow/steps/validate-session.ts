/** Refuses to enroll anyone for a checkout session that does not keep to what was agreed. */
import { namedStudentAndCourse } from "../checkout/named-student-and-course.ts";
import { AmountMismatch, CourseNotFound, InvalidSession, StudentNotFound } from "../errors.ts";
import type { Course } from "../model.ts";
import { formatMoney } from "../money.ts";
import { isSettled, type PaymentEvent } from "../payment-event.ts";
import type { CourseStore, PurchaseStore, StudentStore } from "../ports/stores.ts";
import { givesNoPlace, type Purchase, type Quote, quoteOf } from "../purchase.ts";

export interface ValidateSessionPorts {
  courses: Pick<CourseStore, "findCourse">;
  students: Pick<StudentStore, "findStudent">;
  purchases: Pick<PurchaseStore, "findPurchase">;
}

interface Validation {
  /** This purchase gives no place, by a decision or since it was paid back: there is nothing to write, and nothing is wrong. */
  isBarred: boolean;
}

/**
 * Reads the stores only, never the payment provider: Stripe allows about 100 calls a second, and the event was signed.
 * @throws InvalidSession, CourseNotFound, StudentNotFound, AmountMismatch
 */
export async function validateSession(
  event: PaymentEvent,
  { courses, students, purchases }: ValidateSessionPorts,
): Promise<Validation> {
  // A session that was never paid owes nobody anything, so there is nothing to hold it against.
  if (!isSettled(event)) return { isBarred: false };

  const [course, student, purchase] = await Promise.all([
    event.courseId ? courses.findCourse(event.courseId) : undefined,
    event.userId ? students.findStudent(event.userId) : undefined,
    event.userId ? purchases.findPurchase(event.userId, event.checkoutSessionId) : undefined,
  ]);
  // Before anything is found wrong with it: what was decided about a wrong one is not to be asked again.
  if (givesNoPlace(purchase)) return { isBarred: true };
  const { userId, courseId } = namedStudentAndCourse(event);
  if (!course) throw new CourseNotFound(`course ${courseId} does not exist`);
  if (!student) throw new StudentNotFound(`student ${userId} does not exist`);
  if (purchase && purchase.courseId !== courseId) {
    throw new InvalidSession(`session ${event.checkoutSessionId} was opened for course ${purchase.courseId}`);
  }
  requireAgreedPrice(event, (purchase && agreedIn(purchase)) ?? asPriced(course));
  return { isBarred: false };
}

interface AgreedPrice extends Quote {
  /** What the amount was compared with, for the message. */
  source: string;
}

/** What the student was promised stands, however the catalogue has changed since. */
function agreedIn(purchase: Purchase): AgreedPrice | undefined {
  const quote = quoteOf(purchase);
  return quote && { ...quote, source: "was quoted" };
}

/** Of a session that was not opened here, or by an older version, nobody knows more than the catalogue. */
function asPriced(course: Course): AgreedPrice {
  const { courseId, pricingModel } = course;
  if (pricingModel !== "paid") throw new InvalidSession(`course ${courseId} is ${pricingModel}, not paid`);
  return {
    unitAmount: course.unitAmount,
    currency: course.currency,
    source: `is what course ${courseId} costs`,
  };
}

/** A code and tax may make the charge another one than what was agreed, which is the price before them. */
function requireAgreedPrice(event: PaymentEvent, { unitAmount, currency, source }: AgreedPrice): void {
  if (event.amountSubtotal === unitAmount && event.currency === currency && !isUnderpaid(event)) return;
  throw new AmountMismatch(
    `session ${event.checkoutSessionId} charged ${describeCharge(event)}; ` +
      `${describeAmount(unitAmount, currency)} ${source}`,
  );
}

/** Less than is left after what a code took off. Events of earlier versions do not say what that was. */
function isUnderpaid({ amountSubtotal, amountDiscount, amountTotal }: PaymentEvent): boolean {
  if (amountDiscount === undefined || amountSubtotal === null || amountTotal === null) return false;
  return amountTotal < amountSubtotal - amountDiscount;
}

function describeCharge(event: PaymentEvent): string {
  const { amountSubtotal, amountTotal, amountDiscount = 0, currency } = event;
  if (!isUnderpaid(event)) return describeAmount(amountSubtotal, currency);
  return `${describeAmount(amountTotal, currency)} after ${describeAmount(amountDiscount, currency)} off`;
}

/** For programs and for people, who meet it in a dead letter: `490000 huf (HUF 4,900)`. */
function describeAmount(amount: number | null, currency: string | null): string {
  if (amount === null || currency === null) return "no amount";
  return `${amount} ${currency} (${formatMoney(amount, currency)})`;
}
