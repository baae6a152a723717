/** What a student writes or reads out to those who sell: short, and found by it, since it is the end of the checkout session's id. */

const LENGTH = 8;

/** Letters that are taken for digits, over the telephone or on paper. */
const withoutLookAlikes = (text: string) => text.toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1");

const inTwo = (letters: string) => letters.replace(/^(.{4})(?=.)/, "$1-");

/** @returns e.g. `T0Z0-BKTZ` */
export function orderNumberOf(checkoutSessionId: string): string {
  return inTwo(withoutLookAlikes(checkoutSessionId.replaceAll(/[^A-Za-z0-9]/g, "").slice(-LENGTH)));
}

/** @returns the order number that somebody has written down, however they did; undefined when it is none */
export function readOrderNumber(text: string): string | undefined {
  const letters = text.replaceAll(/[\s-]/g, "");
  return new RegExp(`^[A-Za-z0-9]{${LENGTH}}$`).test(letters) ? inTwo(withoutLookAlikes(letters)) : undefined;
}
