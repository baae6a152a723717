/** What a course costs and what a purchase came to, in the student's own notation. */
import type { CourseSummary, PurchaseSummary } from "#workflow/contract.ts";
import { formatMoney } from "#workflow/money.ts";
import type { Words } from "./words/english.ts";

/** "Free", or the price. */
export function priceOf(course: CourseSummary, { words, locale }: { words: Words; locale: string }): string {
  return course.pricingModel === "free"
    ? words.frame.free
    : formatMoney(course.unitAmount, course.currency, locale);
}

/** Minor units of `currency`, as far as they are known. */
type Amounts = {
  [Known in "unitAmount" | "amountTotal" | "amountRefunded" | "currency"]?:
    | PurchaseSummary[Known]
    | undefined;
};

/** What was charged, or as long as nothing was, what was agreed; undefined when neither is known. */
export const amountOf = ({ amountTotal, unitAmount, currency }: Amounts, locale: string) =>
  moneyOf(amountTotal ?? unitAmount, currency, locale);

/** What went back, if anything did. */
export const refundOf = ({ amountRefunded, currency }: Amounts, locale: string) =>
  moneyOf(amountRefunded || null, currency, locale);

/** @returns undefined when either is not known */
export const moneyOf = (
  amount: number | null | undefined,
  currency: string | null | undefined,
  locale: string,
) => (typeof amount === "number" && currency ? formatMoney(amount, currency, locale) : undefined);
