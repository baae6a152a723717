import type { Locator, Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { CARDS, IBANS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import { NEUTRAL_KNOBS } from "#infra/local/stripe/control/knobs.ts";
import { DESKTOP } from "#test/support/browser.ts";
import {
  courseCard,
  paymentForm,
  readReturn,
  serveCourses,
  waitForStage,
} from "#test/support/student-browser.ts";
import { FOR_THE_BANK_MS, runBursar } from "./bursar.ts";

const { stack, openPage, openAsStudent, turnKnobs, url } = runBursar();

afterEach(() => turnKnobs(NEUTRAL_KNOBS));

const isFocused = (target: Locator) => target.evaluate((element) => element === document.activeElement);

/** Tab, as often as it takes; what is reached has to show that it has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor({ state: "attached" });
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press("Tab");
    if (await isFocused(target)) {
      expect(await target.evaluate(showsFocus), `${String(target)} shows its focus`).toBe(true);
      return;
    }
  }
  throw new Error(`${String(target)} cannot be reached with Tab`);
}

/** On the control itself, or on the label that stands for it. */
function showsFocus(element: Element): boolean {
  return [element, element.closest("label"), element.closest("article")].some((shown) => {
    if (!shown) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(shown);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  });
}

async function press(page: Page, target: Locator, key = "Enter"): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(text);
}

async function expectFocusOnHeading(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
}

describe("by keyboard alone", () => {
  const device = { device: "desktop", viewport: DESKTOP };

  test("a student searches, signs in, enrolls for free and signs out", async () => {
    const { page } = await openPage("/", device);
    await courseCard(page, "TEST-COURSE-001").waitFor();
    await press(page, page.getByRole("link", { name: "Skip to content" }));
    await type(page, page.getByRole("searchbox"), "queues");
    await press(page, page.getByRole("radio", { name: "All" }), "ArrowRight");
    await expect.poll(() => page.url()).toBe(url("/?q=queues&price=free"));
    await press(page, page.getByRole("link", { name: "Thinking in Queues" }));
    await expectFocusOnHeading(page);

    await press(page, page.getByRole("button", { name: "Enroll for free" }));
    await type(page, page.getByLabel("Or be someone else"), "keyboard@example.com");
    await page.keyboard.press("Enter");
    await press(page, page.getByRole("button", { name: "Enroll for free" }));
    await page.getByText("Enrolled", { exact: true }).waitFor();
    await expectFocusOnHeading(page);
    await serveCourses(page);
    await press(page, page.getByRole("link", { name: "Go to course" }));
    await page.getByText("The course itself").waitFor();

    await page.goBack();
    await press(page, page.getByRole("link", { name: "My courses" }));
    await expectFocusOnHeading(page);
    await page.reload();
    await press(page, page.getByRole("button", { name: "Sign out" }));
    await page.getByRole("button", { name: "Sign in" }).waitFor();
  });

  test("a student is declined, passes 3-D Secure and goes to the course", async () => {
    const { page, expectComplaints } = await openAsStudent("/courses/TEST-COURSE-003", device);
    expectComplaints(/402 .*\/confirm$/);
    const form = paymentForm(page);
    await press(page, page.getByRole("button", { name: /^Buy for/ }));
    await form.getByTestId("pay").waitFor();
    await expectFocusOnHeading(page);
    await type(page, form.getByLabel("Card number"), CARDS.declined);
    await type(page, form.getByLabel(/^Expiration date/), "1234");
    await type(page, form.getByLabel("Security code"), "123");
    await page.keyboard.press("Enter");
    await form.getByRole("alert").getByText("Your card was declined.").waitFor();

    if (!(await isFocused(form.getByLabel("Card number")))) {
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Shift+Tab");
    }
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type(CARDS.authenticated);
    await page.keyboard.press("Enter");
    await press(page, form.getByTestId("3ds-complete"));
    await readReturn(page);
    await waitForStage(page, "enrolled");
    await serveCourses(page);
    await press(page, page.getByRole("link", { name: "Go to course" }));
    await page.getByText("The course itself").waitFor();
    await page.goBack();

    await press(page, page.getByRole("link", { name: "Purchases" }));
    await expectFocusOnHeading(page);
    const receipt = page.waitForEvent("popup");
    await press(page, page.getByRole("button", { name: /^Receipt/ }));
    await (await receipt).getByText("Receipt").first().waitFor();
  });

  test("a student pays by debit and follows it from the catalogue", async () => {
    await turnKnobs({ asyncPaymentDelayMs: FOR_THE_BANK_MS });
    const { page } = await openAsStudent("/checkout/TEST-COURSE-005", device);
    const form = paymentForm(page);
    await form.getByTestId("pay").waitFor();
    await press(page, form.getByLabel("Card", { exact: true }), "ArrowDown");
    await type(page, form.getByLabel("IBAN"), IBANS.paying);
    await page.keyboard.press("Enter");
    const checkoutSessionId = await readReturn(page);
    await waitForStage(page, "processing");
    await press(page, page.getByRole("link", { name: "See all courses" }));
    await expectFocusOnHeading(page);
    await press(page, page.getByRole("link", { name: "Follow your payment" }));
    await waitForStage(page, "processing");
    await createStripeControl(stack.stripeUrl).decideDebit(checkoutSessionId);
    await waitForStage(page, "enrolled");
  });

  test("a student tries again when the API is back, and signs in again when the sign-in has ended", async () => {
    const { page, expectComplaints } = await openAsStudent("/my-courses", device);
    expectComplaints(/ERR_CONNECTION_REFUSED .*\/api\//, /401 .*\/api\/enrollments$/);
    await page.route("**/api/**", (route) => route.abort("connectionrefused"));
    await page.reload();
    const retry = page.getByRole("button", { name: "Retry" });
    await retry.waitFor();
    await page.unroute("**/api/**");
    await page.route("**/api/enrollments", (route) =>
      route.continue({ headers: { authorization: "Bearer over" } }),
    );
    await press(page, retry);
    const again = page.getByRole("button", { name: "Sign in to continue" });
    await again.waitFor();
    await expectFocusOnHeading(page);
    await page.unroute("**/api/enrollments");
    await press(page, again);
    await page.getByText("You are not enrolled in any course yet.").waitFor();
  });
});
