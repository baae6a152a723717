/** What a course costs, in the student's own notation. */
import type { CourseSummary } from "#workflow/contract.ts";
import { formatMoney } from "#workflow/money.ts";

/** "Free", or the price. */
export function priceOf(course: CourseSummary, locale: string = navigator.language): string {
  return course.pricingModel === "free" ? "Free" : formatMoney(course.unitAmount, course.currency, locale);
}
