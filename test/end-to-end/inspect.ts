/** Looks at a state of a page as somebody with high demands would: accessible, fitting, in light and in dark. */
import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { keepScreenshot, PHONE, settle } from "#test/support/browser.ts";

/** @param state names the screenshots that are kept, e.g. `checkout-declined` */
export async function inspect(page: Page, state: string): Promise<void> {
  const device = page.viewportSize()?.width === PHONE.width ? "phone" : "desktop";
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(settle);
    expect(await findViolations(page), `${state}, ${device}, ${colorScheme}`).toEqual([]);
    await keepScreenshot(page, `${state}-${device}-${colorScheme}`);
  }
  const overflow = () => document.documentElement.scrollWidth - window.innerWidth;
  expect(await page.evaluate(overflow), `${state}, ${device}: pixels too wide`).toBeLessThanOrEqual(0);
}

/** The payment form in its frame is Stripe's; the stand-in's own is inspected in its own test. */
async function findViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, {
      iframes: false,
      resultTypes: ["violations"],
    }),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
