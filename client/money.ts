/** What a course costs and what a purchase came to, in the student's own notation. */
import type { CourseSummary, PurchaseSummary } from "#workflow/contract.ts";
import { formatMoney } from "#workflow/money.ts";

/** "Free", or the price. */
export function priceOf(course: CourseSummary, locale: string = navigator.language): string {
  return course.pricingModel === "free" ? "Free" : formatMoney(course.unitAmount, course.currency, locale);
}

/** Minor units of `currency`, as far as they are known. */
type Amounts = {
  [Known in "unitAmount" | "amountTotal" | "amountRefunded" | "currency"]?:
    | PurchaseSummary[Known]
    | undefined;
};

/** What was charged, or as long as nothing was, what was agreed; undefined when neither is known. */
export const amountOf = ({ amountTotal, unitAmount, currency }: Amounts) =>
  format(amountTotal ?? unitAmount, currency);

/** What went back, if anything did. */
export const refundOf = ({ amountRefunded, currency }: Amounts) => format(amountRefunded || null, currency);

const format = (amount: number | null | undefined, currency: string | null | undefined) =>
  typeof amount === "number" && currency ? formatMoney(amount, currency, navigator.language) : undefined;
