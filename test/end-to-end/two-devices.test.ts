import { afterEach, describe, expect, test } from "vitest";
import { CARDS, IBANS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { NEUTRAL_KNOBS } from "#infra/local/stripe/control/knobs.ts";
import { DEVICES, type Device } from "#test/support/browser.ts";
import {
  buyButton,
  fillCard,
  fillDebit,
  payAndReturn,
  paymentForm,
  signIn,
  waitForStage,
} from "#test/support/student-browser.ts";
import { FOR_THE_BANK_MS, runBursar } from "./bursar.ts";
import { inspect } from "./inspect.ts";

const { openPage, openAsStudent, turnKnobs, url } = runBursar();

const COURSE = "TEST-COURSE-003";

afterEach(() => turnKnobs(NEUTRAL_KNOBS));

async function openOnAnotherDevice(path: string, email: string, device: Device) {
  const { page } = await openPage(path, device);
  await signIn(page, email);
  return page;
}

describe.each(DEVICES)("on a second device, a $device", (device) => {
  test("a debit that is under way on the first is followed, and nothing is sold", async () => {
    await turnKnobs({ asyncPaymentDelayMs: FOR_THE_BANK_MS });
    const first = await openAsStudent(`/checkout/${COURSE}`, device);
    await fillDebit(first.page, IBANS.paying);
    const checkoutSessionId = await payAndReturn(first.page);
    await waitForStage(first.page, "processing");

    const second = await openOnAnotherDevice(`/courses/${COURSE}`, first.email, device);
    const follow = second.getByRole("link", { name: "Follow your payment" });
    await follow.waitFor();
    expect(await buyButton(second).count()).toBe(0);
    await inspect(second, "course-payment-under-way");
    await follow.click();
    await waitForStage(second, "processing");
    expect(second.url()).toBe(url(`/checkout/return?session_id=${checkoutSessionId}`));

    await second.goto(url("/"));
    await second.getByText("Your bank is still working on the payment.").waitFor();
  });

  test("a checkout that is open on the first is gone on with, and what is paid is on both", async () => {
    const first = await openAsStudent(`/checkout/${COURSE}`, device);
    await paymentForm(first.page).getByTestId("pay").waitFor();

    const second = await openOnAnotherDevice(`/courses/${COURSE}`, first.email, device);
    await second.getByRole("button", { name: "Continue checkout" }).click();
    await fillCard(second, CARDS.good);
    await payAndReturn(second);
    await waitForStage(second, "enrolled");
    await second.getByText("$49.00", { exact: true }).waitFor();

    await first.page.goto(url("/purchases"));
    await first.page.getByText("Enrolled", { exact: true }).waitFor();
    expect(await first.page.getByRole("listitem").count()).toBe(1);
  });
});

describe.each(DEVICES)("the purchases of a student, on a $device", (device) => {
  test("are none at first; then each has its course, amount, stage and way on", async () => {
    await turnKnobs({ asyncPaymentDelayMs: FOR_THE_BANK_MS });
    const { page } = await openAsStudent("/my-courses", device);
    await page.getByRole("link", { name: "Purchases and receipts" }).click();
    await page.getByText("You have not bought any course yet.").waitFor();
    await inspect(page, "purchases-empty");

    await page.goto(url(`/checkout/${COURSE}`));
    await fillCard(page, CARDS.good);
    await payAndReturn(page);
    await waitForStage(page, "enrolled");
    await page.goto(url("/checkout/TEST-COURSE-005"));
    await fillDebit(page, IBANS.paying);
    await payAndReturn(page);
    await waitForStage(page, "processing");

    await page.goto(url("/purchases"));
    await page.getByRole("link", { name: /^Follow: / }).waitFor();
    await page.getByText("Your bank is working on it").waitFor();
    await inspect(page, "purchases");

    const receipt = page.waitForEvent("popup");
    await page.getByRole("button", { name: /^Receipt: / }).click();
    const tab = await receipt;
    await tab.waitForURL(/\/receipts\/ch_/);
    expect(await tab.evaluate(() => window.opener)).toBeNull();
  });
});
