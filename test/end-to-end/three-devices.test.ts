import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { CARDS, IBANS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { NEUTRAL_KNOBS } from "#infra/local/stripe/control/knobs.ts";
import { DESKTOP, DEVICES, type Device, PHONE } from "#test/support/browser.ts";
import {
  buyButton,
  fillCard,
  fillDebit,
  payAndReturn,
  paymentForm,
  signIn,
  waitForStage,
} from "#test/support/student-browser.ts";
import { runBursar } from "./bursar.ts";

const { openPage, openAsStudent, turnKnobs, url } = runBursar();

const COURSE = "TEST-COURSE-003";
const PHONE_DEVICE = { device: "phone", viewport: PHONE };

/** Longer than any test: the bank, or the webhook, is not there yet when it ends. */
const FOR_LONG_MS = 600_000;

afterEach(() => turnKnobs(NEUTRAL_KNOBS));

async function openOnAnotherDevice(path: string, email: string, device: Device): Promise<Page> {
  const { page } = await openPage(path, device);
  await signIn(page, email);
  return page;
}

/** As somebody does with the middle button, so that the new tab knows nothing of the old one. */
async function openInNewTab(page: Page, path: string): Promise<Page> {
  const opened = page.context().waitForEvent("page");
  await page.evaluate((href) => {
    const link = Object.assign(document.createElement("a"), { href, id: "new-tab", textContent: "New tab" });
    document.querySelector("main")?.prepend(link);
  }, path);
  await page.locator("#new-tab").click({ button: "middle" });
  return opened;
}

/** What Stripe has said is good for a second. */
async function reloadUntil(page: Page, link: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.reload();
        await page.getByRole("complementary", { name: "Enrollment" }).waitFor();
        return page.getByRole("link", { name: link }).count();
      },
      { timeout: 30_000 },
    )
    .toBe(1);
}

const signedIn = (page: Page) => page.getByRole("button", { name: "Sign out" }).waitFor();

async function sellsNothing(page: Page): Promise<void> {
  expect(await buyButton(page).count()).toBe(0);
  expect(await page.getByRole("button", { name: "Continue checkout" }).count()).toBe(0);
}

describe.each(DEVICES)(
  "who pays on a $device, looks on a phone and opens a new tab on a third device",
  (device) => {
    test("sees what is begun, then what is under way, and nobody sells it again", async () => {
      await turnKnobs({ asyncPaymentDelayMs: FOR_LONG_MS });
      const first = await openAsStudent(`/checkout/${COURSE}`, device);
      await paymentForm(first.page).getByTestId("pay").waitFor();

      const second = await openOnAnotherDevice(`/courses/${COURSE}`, first.email, PHONE_DEVICE);
      await second.getByRole("button", { name: "Continue checkout" }).waitFor();
      expect(await buyButton(second).count()).toBe(0);

      await fillDebit(first.page, IBANS.paying);
      const checkoutSessionId = await payAndReturn(first.page);
      await waitForStage(first.page, "processing");
      await reloadUntil(second, "Follow your payment");
      await sellsNothing(second);

      const third = await openOnAnotherDevice("/", first.email, device);
      const newTab = await openInNewTab(third, `/courses/${COURSE}`);
      await newTab.getByRole("link", { name: "Follow your payment" }).click();
      await newTab.waitForURL(url(`/checkout/return?session_id=${checkoutSessionId}`));
      await waitForStage(newTab, "processing");
      await signedIn(newTab);
    });

    test("sees on all of them that the course is there", async () => {
      const first = await openAsStudent(`/checkout/${COURSE}`, device);
      const second = await openOnAnotherDevice(`/courses/${COURSE}`, first.email, PHONE_DEVICE);
      const third = await openOnAnotherDevice("/", first.email, device);
      await fillCard(first.page, CARDS.good);
      await payAndReturn(first.page);
      await waitForStage(first.page, "enrolled");

      const newTab = await openInNewTab(third, `/courses/${COURSE}`);
      await reloadUntil(second, "Go to course");
      await newTab.getByRole("link", { name: "Go to course" }).waitFor();
      for (const page of [second, newTab]) await sellsNothing(page);
    });
  },
);

describe("a new tab", () => {
  const device = { device: "desktop", viewport: DESKTOP };
  const tokenOf = (page: Page) => page.evaluate(() => sessionStorage.getItem("bursar.session") ?? "");

  test("that is opened by typing an address beside a signed-in one is signed in, with tokens of its own", async () => {
    const { page } = await openAsStudent("/", device);
    const other = await page.context().newPage();
    await other.goto(url("/my-courses"));
    await other.getByRole("heading", { name: "My courses" }).waitFor();
    expect(await tokenOf(other)).not.toBe("");
    const local = await other.evaluate(() => Object.values(localStorage).join());
    expect(local).toBe("yes");
  });

  test("is signed out with the others, and shows nothing of the student any more", async () => {
    const { page } = await openAsStudent("/", device);
    const other = await page.context().newPage();
    await other.goto(url("/my-courses"));
    await other.getByRole("heading", { name: "My courses" }).waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await other.getByRole("heading", { name: "Please sign in" }).waitFor();
    expect(await tokenOf(other)).toBe("");
  });

  test("that was elsewhere while another signed out comes back signed out", async () => {
    const { page } = await openAsStudent("/", device);
    const other = await page.context().newPage();
    await other.goto(url("/my-courses"));
    await signedIn(other);
    await other.goto("about:blank");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page
      .getByRole("button", { name: /^Sign in/ })
      .first()
      .waitFor();
    await other.goBack();
    await other.getByRole("heading", { name: "Please sign in" }).waitFor();
    expect(await tokenOf(other)).toBe("");
  });
});
