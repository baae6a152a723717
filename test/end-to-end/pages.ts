/** Every page of the students' site, in one list for what has to hold on each of them. */
import type { Locator, Page } from "playwright-core";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import {
  courseCard,
  fillCard,
  payAndReturn,
  paymentForm,
  waitForStage,
} from "#test/support/student-browser.ts";

export interface SitePage {
  name: string;
  path: string;
  /** What is there when it is all there, in any language. */
  last: (page: Page) => Locator;
  /** `PAGE_LOAD` unless it is said. */
  limits?: typeof PAGE_LOAD;
}

/** Bytes of JavaScript, gzipped, before a page can be used, with the words of its language. */
export const PAGE_LOAD = { en: 119_500, de: 119_500 };
/** The catalogue's, where most come first. */
const FIRST_LOAD = { en: 117_000, de: 117_000 };
/** What Stripe's library and its React component weigh is in it. */
const CHECKOUT_LOAD = { en: 124_500, de: 125_000 };
const PURCHASE_LOAD = { en: 120_500, de: 121_000 };

const COURSE = "TEST-COURSE-003";
const OPEN_COURSE = "TEST-COURSE-005";

const heading = (page: Page) => page.locator("main:not(:has([aria-busy])) h1");
const payButton = (page: Page) => paymentForm(page).getByTestId("pay");

export const VISITORS_PAGES: SitePage[] = [
  { name: "catalogue", path: "/", last: (page) => courseCard(page, COURSE), limits: FIRST_LOAD },
  { name: "course", path: `/courses/${COURSE}`, last: heading },
  { name: "free course", path: "/courses/TEST-COURSE-001", last: heading },
  { name: "checkout", path: `/checkout/${COURSE}`, last: heading, limits: CHECKOUT_LOAD },
  { name: "my courses", path: "/my-courses", last: heading },
  { name: "purchases", path: "/purchases", last: heading },
  { name: "no page", path: "/nowhere", last: heading },
];

/** Has one course, paid for, and the checkout of another open. @returns the pages of whoever is signed in */
export async function prepareStudent(page: Page, url: (path: string) => string): Promise<SitePage[]> {
  await page.goto(url(`/checkout/${COURSE}`));
  await fillCard(page, CARDS.good);
  const checkoutSessionId = await payAndReturn(page);
  await waitForStage(page, "enrolled");
  await page.goto(url(`/checkout/${OPEN_COURSE}`));
  await payButton(page).waitFor();
  return [
    { name: "own catalogue", path: "/", last: (own) => courseCard(own, COURSE), limits: FIRST_LOAD },
    { name: "own course", path: `/courses/${COURSE}`, last: heading },
    { name: "begun course", path: `/courses/${OPEN_COURSE}`, last: heading },
    { name: "open checkout", path: `/checkout/${OPEN_COURSE}`, last: payButton, limits: CHECKOUT_LOAD },
    {
      name: "finished checkout",
      path: `/checkout/${COURSE}`,
      last: (own) => own.locator("main h2 + p + a"),
      limits: CHECKOUT_LOAD,
    },
    {
      name: "purchase",
      path: `/checkout/return?session_id=${checkoutSessionId}`,
      last: heading,
      limits: PURCHASE_LOAD,
    },
    { name: "own courses", path: "/my-courses", last: (own) => courseCard(own, COURSE) },
    { name: "own purchases", path: "/purchases", last: heading },
  ];
}
