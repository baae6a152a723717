import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { fillCard, payAndReturn, waitForStage } from "#test/support/student-browser.ts";
import { runBursar } from "./bursar.ts";

const { openAsStudent, url } = runBursar();

/** The narrowest that WCAG asks for (1.4.10). */
const NARROW = { device: "narrow", viewport: { width: 320, height: 640 } };

const LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

/** Every text of every course and purchase is one word that no line has room for. */
const lengthenWords = (page: Page) =>
  page.route(url("/api/**"), async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll(
      /"(name|courseName|instructor|description|title)":"[^"]*"/g,
      `"$1":"${LONG_WORD}"`,
    );
    await route.fulfill({ response, body });
  });

/** Runs in the page. @returns what is wider than the window, or than what hides the rest of it */
function findCutOff(): string[] {
  const faults: string[] = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > window.innerWidth) faults.push(`the page is ${scrollWidth} wide`);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const parents: Element[] = [];
    for (let parent = texts.currentNode.parentElement; parent; parent = parent.parentElement)
      parents.push(parent);
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const box = range.getBoundingClientRect();
    // What only screen readers see is cut off to nothing.
    if (box.width === 0 || parents.some((parent) => getComputedStyle(parent).clipPath !== "none")) continue;
    for (const parent of parents) {
      if (parent.localName !== "html" && getComputedStyle(parent).overflowX === "visible") continue;
      const { left, right } = parent.getBoundingClientRect();
      if (box.left < left - 1 || box.right > right + 1)
        faults.push(
          `"${texts.currentNode.textContent}" in <${parent.localName} class="${parent.className}">`,
        );
    }
  }
  return faults;
}

const PAGES = [
  ["/", "Courses"],
  ["/?q=nothing-has-this-name", "Courses"],
  ["/courses/TEST-COURSE-001", undefined],
  ["/courses/TEST-COURSE-003", undefined],
  ["/courses/GONE", "Page not found"],
  ["/checkout/TEST-COURSE-005", "Checkout"],
  ["/my-courses", "My courses"],
  ["/purchases", undefined],
  ["/nowhere", "Page not found"],
] as const;

describe.each([100, 200])("at 320 pixels, with long words and text at %i %%,", (percent) => {
  const enlarge = (page: Page) =>
    page.evaluate((size) => {
      document.documentElement.style.fontSize = `${size}%`;
    }, percent);

  test("no page scrolls sideways, and nothing is cut off", async () => {
    const { page, expectComplaints } = await openAsStudent("/", NARROW);
    expectComplaints(/404/);
    await page.goto(url("/checkout/TEST-COURSE-003"));
    await fillCard(page, CARDS.good);
    const checkoutSessionId = await payAndReturn(page);
    await waitForStage(page, "enrolled");

    await lengthenWords(page);
    const purchase = [`/checkout/return?session_id=${checkoutSessionId}`, undefined] as const;
    for (const [path, heading] of [...PAGES, purchase]) {
      await page.goto(url(path));
      await page.getByRole("heading", { level: 1, ...(heading && { name: heading }) }).waitFor();
      await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
      await enlarge(page);
      expect.soft(await page.evaluate(findCutOff), path).toEqual([]);
    }
  });
});
