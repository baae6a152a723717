/** Finds courses by words, wherever in the catalogue they are. */
import { answerPage, fillPage } from "./catalogue.ts";
import type { CoursesAnswer } from "./contract.ts";
import type { CoursesQuery } from "./courses-query.ts";
import type { Course } from "./model.ts";
import type { CourseStore } from "./ports/stores.ts";

/** Only so old may be what is searched: a search is typed, and each letter would read the whole catalogue. */
const LIFETIME_MS = 60_000;

interface Entry {
  course: Course;
  name: string;
  text: string;
}

/** @returns a search over what was read at most a minute ago; courses by name first, then by their other words */
export function createSearch(
  courses: Pick<CourseStore, "listCourses">,
  now: () => Date,
): (search: CoursesQuery) => Promise<CoursesAnswer> {
  let kept: { at: number; entries: Promise<Entry[]> } | undefined;

  function readEntries(): Promise<Entry[]> {
    const at = now().getTime();
    if (kept && at - kept.at < LIFETIME_MS) return kept.entries;
    const entries = courses.listCourses().then(toEntries);
    const mine = { at, entries };
    kept = mine;
    // The next one tries again.
    entries.catch(() => {
      if (kept === mine) kept = undefined;
    });
    return entries;
  }

  return async (search) => answer(await readEntries(), search);
}

const toEntries = (courses: Course[]): Entry[] =>
  courses
    .filter(({ status }) => status === "published")
    .map((course) => ({
      course,
      name: fold(course.name),
      text: fold(`${course.name} ${course.instructor} ${course.description}`),
    }));

async function answer(
  entries: Entry[],
  { q = "", price, after, before }: CoursesQuery,
): Promise<CoursesAnswer> {
  const words = fold(q).split(/\s+/);
  const found = entries.filter(
    ({ course, text }) =>
      (!price || course.pricingModel === price) && words.every((word) => text.includes(word)),
  );
  const isNamed = ({ name }: Entry) => words.every((word) => name.includes(word));
  const ranked = [...found.filter(isNamed), ...found.filter((entry) => !isNamed(entry))].map(
    ({ course }) => course,
  );
  const indexOf = (id: string) => ranked.findIndex(({ courseId }) => courseId === id);
  if (before === undefined) {
    const start = after === undefined ? 0 : indexOf(after) + 1;
    const { page, hasMore } = await fillPage(ranked.slice(start));
    return { ...answerPage(page, { next: hasMore, previous: start > 0 }), total: ranked.length };
  }
  const end = Math.max(0, indexOf(before));
  const { page, hasMore } = await fillPage(ranked.slice(0, end).reverse());
  return {
    ...answerPage(page.reverse(), { next: end < ranked.length, previous: hasMore }),
    total: ranked.length,
  };
}

/** Letters that are not made of a plain one and a mark, as people type them who lack the key. */
const PLAIN: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** So that neither case nor accents keep a course from being found. */
const fold = (text: string) =>
  text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[ßæœøłđðþı]/g, (letter) => PLAIN[letter] ?? letter);
