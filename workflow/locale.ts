/** Which notation to write numbers and days in, whatever the surroundings call theirs. */

const FALLBACK = "en";

/**
 * Intl throws a RangeError at what is no language tag, and `navigator.language` can be such: `C` in WebKitGTK,
 * `en-US@posix` in a container's Chromium. Stripe's `auto` is none either.
 *
 * @returns a tag that Intl takes: the wanted one, without what an operating system appends to it, or English
 */
export function usableLocale(wanted: string | null | undefined): string {
  const [tag = ""] = (wanted ?? "").replaceAll("_", "-").split(/[.@]/);
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? FALLBACK;
  } catch {
    return FALLBACK;
  }
}
