/** Days in the student's own notation. */
import { usableLocale } from "#workflow/locale.ts";

/** @param instant ISO 8601 with a time zone; shown as a day in the student's own zone */
export function formatDate(instant: string, locale: string): string {
  return new Intl.DateTimeFormat(usableLocale(locale), { dateStyle: "long" }).format(new Date(instant));
}
