/** How often the page of a purchase asks how it stands. */

/** Most purchases end within seconds, while the student looks on: so many questions come one a second. */
const FIRST_QUESTIONS = 15;

/** Then pauses grow up to 15 s while nothing changes; they start over when the stage does. @returns milliseconds */
export const pauseBefore = (attempt: number) =>
  Math.min(1000 * 1.5 ** Math.max(0, attempt - FIRST_QUESTIONS + 1), 15_000);
