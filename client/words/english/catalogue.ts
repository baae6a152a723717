/** The catalogue and the student's own courses. */
import { pluralOf } from "../plural.ts";

const plural = pluralOf("en");

export const catalogue = {
  heading: "Courses",
  introduction:
    "Free courses start at once. Paid ones are yours for good as soon as your payment is verified.",
  empty: "There are no courses yet.",
  find: "Find courses",
  search: "Search courses",
  price: "Price",
  anyPrice: "All",
  free: "Free",
  paid: "Paid",
  clear: "Clear filters",
  noMatch: "No course matches your search.",
  emptyPage: "There are no courses on this page.",
  pages: "Pages of courses",
  previousPage: "Previous courses",
  nextPage: "Next courses",
  found: ({ count }: { count: number }) =>
    plural(count, { one: (shown) => `${shown} course`, other: (shown) => `${shown} courses` }),
  moreThan: ({ count }: { count: number }) =>
    plural(count, {
      one: (shown) => `More than ${shown} course`,
      other: (shown) => `More than ${shown} courses`,
    }),
  onThisPage: ({ count }: { count: number }) =>
    plural(count, {
      one: (shown) => `${shown} course on this page`,
      other: (shown) => `${shown} courses on this page`,
    }),
  noneOfYourOwn: "You are not enrolled in any course yet.",
  purchasesAndReceipts: "Purchases and receipts",
};
