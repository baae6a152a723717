/** Which notation to write numbers and days in, whatever the surroundings call theirs. */

const FALLBACK = "en";

/**
 * Intl throws a RangeError at what is no language tag, and `navigator.language` can be such: `C` in WebKitGTK,
 * `en-US@posix` in a container's Chromium. Stripe's `auto` is none either.
 *
 * @returns the tag that Intl takes, without what an operating system appends to it; undefined of what is none
 */
export function readLocale(wanted: string | null | undefined): string | undefined {
  const [tag = ""] = (wanted ?? "").replaceAll("_", "-").split(/[.@]/);
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

/** @returns a tag that Intl takes: the wanted one, or English */
export const usableLocale = (wanted: string | null | undefined): string => readLocale(wanted) ?? FALLBACK;
