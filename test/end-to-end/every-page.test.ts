import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { DEVICES, settle } from "#test/support/browser.ts";
import { runBursar } from "./bursar.ts";
import { inspect } from "./inspect.ts";
import { PAGE_LOAD, prepareStudent, type SitePage, VISITORS_PAGES } from "./pages.ts";

const { openPage, openAsStudent, url } = runBursar();

interface Measured extends Window {
  bursarShift?: number;
}

/** Runs in each page before anything of it: adds up by how much its layout shifts. */
function watchShifts(): void {
  const measured = window as unknown as Measured;
  measured.bursarShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
      measured.bursarShift = (measured.bursarShift ?? 0) + entry.value;
    }
  }).observe({ type: "layout-shift", buffered: true });
}

const readShift = (page: Page) => page.evaluate(() => (window as unknown as Measured).bursarShift);

/** The page's own code and every answer of the API come after the page has shown what it has without, as on a slow line. */
async function answerLate(page: Page): Promise<void> {
  await page.route(/\/api\/|\/assets\/\w+Page-/, async (route) => {
    await page.locator("main h1").waitFor({ state: "attached" });
    await page.evaluate(settle);
    await route.continue();
  });
}

/** @returns of this site's scripts, the bytes that a server which compresses sends; filled as they come */
function weighScripts(page: Page): { sizes: Promise<number>[] } {
  const weighed = { sizes: [] as Promise<number>[] };
  page.on("response", (response) => {
    const isOwn = response.url().startsWith(url("/"));
    if (!isOwn || response.request().resourceType() !== "script") return;
    weighed.sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  return weighed;
}

describe.each(DEVICES)("on a $device, each page", (device) => {
  async function expectCalmPages(page: Page, pages: SitePage[]): Promise<void> {
    // What the page before is still loading is not weighed.
    await page.waitForLoadState("networkidle");
    await page.addInitScript(watchShifts);
    await answerLate(page);
    const weighed = weighScripts(page);
    for (const language of ["en", "de"] as const) {
      await page.evaluate((code) => localStorage.setItem("bursar.language", code), language);
      for (const { name, path, last, limits = PAGE_LOAD } of pages) {
        weighed.sizes = [];
        await page.goto(url(path));
        await last(page).first().waitFor();
        await page.evaluate(settle);
        const sizes = await Promise.all(weighed.sizes);
        const scripts = sizes.reduce((sum, size) => sum + size, 0);
        expect.soft(await readShift(page), `${name}, ${language}: shifts`).toBeLessThanOrEqual(0.05);
        expect.soft(scripts, `${name}, ${language}: scripts`).toBeGreaterThan(80_000);
        expect.soft(scripts, `${name}, ${language}: scripts`).toBeLessThanOrEqual(limits[language]);
        // In English each state is inspected where its journey is made.
        if (language === "de") await inspect(page, `german-${name.replaceAll(" ", "-")}`);
      }
    }
  }

  test("of a visitor stands still while it loads, is light, and is accessible in German", async () => {
    const { page, expectComplaints } = await openPage("/", device);
    expectComplaints(/404 .*\/nowhere$/);
    await expectCalmPages(page, VISITORS_PAGES);
  });

  test("of a student stands still while it loads, is light, and is accessible in German", async () => {
    const { page } = await openAsStudent("/", device);
    await expectCalmPages(page, await prepareStudent(page, url));
  });
});
