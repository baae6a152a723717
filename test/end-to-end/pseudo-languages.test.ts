import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { DEVICES, keepScreenshot } from "#test/support/browser.ts";
import { runBursar } from "./bursar.ts";
import { findMisfits } from "./find-misfits.ts";
import { prepareStudent, type SitePage, VISITORS_PAGES } from "./pages.ts";
import { serveWords } from "./serve-words.ts";

const { openAsStudent, url } = runBursar();

/** The browser's own word for the page that is not there. */
const NO_PAGE = /404 .*\/nowhere$/;

/** @returns what does not fit on the pages of somebody who is signed in, and who is not any more */
async function visitEverything(page: Page, pages: SitePage[], language: string): Promise<string[]> {
  await page.evaluate(() => localStorage.setItem("bursar.language", "de"));
  const misfits = await visitAll(page, pages, language);
  await page.evaluate(() => sessionStorage.clear());
  return [...misfits, ...(await visitAll(page, VISITORS_PAGES, language))];
}

async function visitAll(page: Page, pages: SitePage[], language: string): Promise<string[]> {
  const misfits: string[] = [];
  for (const { name, path, last } of pages) {
    await page.goto(url(path));
    await last(page).first().waitFor();
    misfits.push(...(await findMisfits(page)).map((misfit) => `${name}: ${misfit}`));
    await keepScreenshot(page, `${language}-${name.replaceAll(" ", "-")}-${page.viewportSize()?.width}`);
  }
  return misfits;
}

const readRoot = () => [document.documentElement.lang, document.documentElement.dir];
const distanceFromRight = (element: Element) =>
  document.documentElement.clientWidth - element.getBoundingClientRect().right;

describe.each(DEVICES)("on a $device, from right to left and in long words", (device) => {
  test("every page fits, and is laid out from the right", async () => {
    const { page, expectComplaints } = await openAsStudent("/", device);
    expectComplaints(NO_PAGE);
    const pages = await prepareStudent(page, url);
    await serveWords(page, "arabicWords");
    expect(await visitEverything(page, pages, "arabic")).toEqual([]);

    await page.goto(url("/courses/TEST-COURSE-002"));
    const arrow = page.getByText("←", { exact: true });
    expect(await arrow.evaluate((element) => getComputedStyle(element).scale)).toBe("-1 1");
    const home = page.getByRole("link", { name: /^Bursar/ });
    expect(await home.evaluate(distanceFromRight)).toBeLessThan(device.viewport.width / 4);
    expect(await page.evaluate(readRoot)).toEqual(["ar", "rtl"]);
  });
});

test("on a narrow screen, at twice the size of text and in long words, every page fits", async () => {
  const narrow = { device: "narrow", viewport: { width: 320, height: 640 } };
  const { page, expectComplaints } = await openAsStudent("/", narrow);
  expectComplaints(NO_PAGE);
  const pages = await prepareStudent(page, url);
  await serveWords(page, "longWords");
  await page.addInitScript(() => {
    document.addEventListener("DOMContentLoaded", () => {
      document.documentElement.style.fontSize = "200%";
    });
  });
  expect(await visitEverything(page, pages, "long")).toEqual([]);
});
