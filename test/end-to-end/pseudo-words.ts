/**
 * Two tables of words that nobody speaks, made from the English one: every text is longer by half, ends in a bracket so that
 * it is seen where it is cut off, and one of them is written from right to left.
 */
import { english, type Words } from "#client/words/english.ts";

const LONGER = 0.5;
const FILLER = { ltr: "ěxťŕä wôŕđš ", rtl: "كلمات أخرى " };

type Direction = keyof typeof FILLER;

function stretch(text: string, direction: Direction): string {
  const length = Math.ceil(text.length * LONGER);
  const filler = FILLER[direction].repeat(Math.ceil(length / FILLER[direction].length)).slice(0, length);
  return `${text} ${filler.trim()}]`;
}

/** Of a table the same table: texts are stretched, and so is what its functions make. */
function stretchAll(words: unknown, direction: Direction): unknown {
  if (typeof words === "string") return stretch(words, direction);
  if (typeof words === "function")
    return (...values: unknown[]) =>
      stretch((words as (...values: unknown[]) => string)(...values), direction);
  return Object.fromEntries(
    Object.entries(words as object).map(([name, value]) => [name, stretchAll(value, direction)]),
  );
}

const pseudo = (language: string, direction: Direction): Words => ({
  ...(stretchAll(english, direction) as Words),
  page: { language, direction },
});

export const longWords = pseudo("en", "ltr");
export const arabicWords = pseudo("ar", "rtl");
