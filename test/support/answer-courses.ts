/** The catalogue as the API answers it, by its own rules, where no API runs. */
import { readCatalogue } from "#workflow/catalogue.ts";
import { type CoursesAnswer } from "#workflow/contract.ts";
import { coursesQuerySchema } from "#workflow/courses-query.ts";
import type { Course } from "#workflow/model.ts";
import { createSearch } from "#workflow/search-catalogue.ts";
import { createInMemoryStores } from "./in-memory-stores.ts";

/** @returns what `GET /api/courses` answers at an address */
export function answerCourses(courses: Course[]): (address: URL) => Promise<CoursesAnswer> {
  const stores = createInMemoryStores({ courses });
  const search = createSearch(stores, () => new Date());
  return ({ searchParams }) => {
    const query = coursesQuerySchema.parse(Object.fromEntries(searchParams));
    return query.q || query.price ? search(query) : readCatalogue(query, stores);
  };
}
