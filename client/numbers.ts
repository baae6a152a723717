/** Numbers that are no money, in a language's own notation. */
import { usableLocale } from "#workflow/locale.ts";

export const formatCount = (count: number, locale: string): string =>
  new Intl.NumberFormat(usableLocale(locale)).format(count);

/** @param percent 0 to 100 */
export const formatPercent = (percent: number, locale: string): string =>
  new Intl.NumberFormat(usableLocale(locale), { style: "percent", maximumFractionDigits: 0 }).format(
    percent / 100,
  );
