/** Texts of ours, as long as Stripe takes them. */

/** What is left out is seen to be left out, and no character is cut in half, which could not even be sent. */
export function fit(text: string, mostCharacters: number): string {
  if (text.length <= mostCharacters) return text.toWellFormed();
  return `${text.slice(0, mostCharacters - 1).replace(HALF_A_CHARACTER, "")}…`.toWellFormed();
}

const HALF_A_CHARACTER = /[\uD800-\uDBFF]$/;
