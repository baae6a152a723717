import { afterEach, describe, expect, test } from "vitest";
import { CARDS, IBANS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import { NEUTRAL_KNOBS } from "#infra/local/stripe/control/knobs.ts";
import { DEVICES } from "#test/support/browser.ts";
import {
  buyButton,
  courseCard,
  fillCard,
  fillDebit,
  pay,
  payAndReturn,
  paymentForm,
  readReturn,
  serveCourses,
  waitForEnrolledBadge,
  waitForStage,
} from "#test/support/student-browser.ts";
import { FOR_THE_BANK_MS, onEachDevice, runBursar } from "./bursar.ts";
import { inspect } from "./inspect.ts";

const { stack, openPage, openAsStudent, turnKnobs, url } = runBursar();
const { decideDebit } = createStripeControl(stack.stripeUrl);

afterEach(() => turnKnobs(NEUTRAL_KNOBS));

describe.each(DEVICES)("on a $device", (device) => {
  test("a visitor finds a course, signs in to enroll for free, and it is theirs at once", async () => {
    const { page } = await openPage("/", device);
    await courseCard(page, "TEST-COURSE-001").waitFor();
    await inspect(page, "catalogue-visitor");

    await page.getByRole("searchbox").fill("mary jackson");
    await page.getByRole("link", { name: "Programming from First Principles" }).click();
    await page.getByText("You will sign in first.").waitFor();
    await inspect(page, "course-visitor");

    await page.getByRole("button", { name: "Enroll for free" }).click();
    await page
      .getByRole("button", { name: /ada@example.com/ })
      .or(page.getByLabel("Or be someone else"))
      .first()
      .waitFor();
    await page.getByLabel("Or be someone else").fill(`free-${device.device}@example.com`);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Enroll for free" }).click();
    await page.getByText("Enrolled", { exact: true }).waitFor();
    await inspect(page, "course-enrolled");

    await page.getByRole("link", { name: "My courses" }).click();
    await courseCard(page, "TEST-COURSE-001").getByText("Not started").waitFor();
    await inspect(page, "my-courses");
    await waitForEnrolledBadge(page, "TEST-COURSE-001");
    await inspect(page, "catalogue-enrolled");
  });

  test("a student pays with a card and sees the course as theirs", async () => {
    const { page } = await openAsStudent("/courses/TEST-COURSE-003", device);
    await buyButton(page).click();
    await fillCard(page, CARDS.good);
    await inspect(page, "checkout");
    await payAndReturn(page);
    await waitForStage(page, "enrolled");
    await inspect(page, "purchase-enrolled");

    await serveCourses(page);
    await page.getByRole("link", { name: "Go to course" }).click();
    await page.getByText("The course itself").waitFor();
    await page.goBack();
    await waitForEnrolledBadge(page, "TEST-COURSE-003");
  });

  test("a declined card is explained, and another one pays", async () => {
    const { page, expectComplaints } = await openAsStudent("/checkout/TEST-COURSE-005", device);
    expectComplaints(/402 .*\/confirm$/);
    await fillCard(page, CARDS.declined);
    await pay(page);
    await paymentForm(page).getByRole("alert").getByText("Your card was declined.").waitFor();
    await inspect(page, "checkout-declined");

    await fillCard(page, CARDS.good);
    await payAndReturn(page);
    await waitForStage(page, "enrolled");
  });

  test("a bank that asks for 3-D Secure gets its answer, and the student the course", async () => {
    const { page } = await openAsStudent("/checkout/TEST-COURSE-003", device);
    await fillCard(page, CARDS.authenticated);
    await pay(page);
    await paymentForm(page).getByRole("dialog").waitFor();
    await inspect(page, "checkout-3d-secure");
    await paymentForm(page).getByTestId("3ds-complete").click();
    await readReturn(page);
    await waitForStage(page, "enrolled");
  });
});

test("a debit is the bank's to finish: nobody is asked to pay again, and then the student is enrolled", async () => {
  await turnKnobs({ asyncPaymentDelayMs: FOR_THE_BANK_MS });
  await onEachDevice(async (device) => {
    const { page } = await openAsStudent("/checkout/TEST-COURSE-003", device);
    await fillDebit(page, IBANS.paying);
    const checkoutSessionId = await payAndReturn(page);
    await waitForStage(page, "processing");
    expect(await page.getByRole("link", { name: /pay|checkout|start again/i }).count()).toBe(0);
    await inspect(page, "purchase-processing");
    await decideDebit(checkoutSessionId);
    await waitForStage(page, "enrolled");
  });
});

test("a debit that fails charges nothing, and the student can start again", async () => {
  await turnKnobs({ asyncPaymentDelayMs: FOR_THE_BANK_MS });
  await onEachDevice(async (device) => {
    const { page } = await openAsStudent("/checkout/TEST-COURSE-003", device);
    await fillDebit(page, IBANS.failing);
    const refused = await payAndReturn(page);
    await page.goto(url("/"));
    await page.getByText("Your bank is still working on the payment.").waitFor();
    await inspect(page, "catalogue-unfinished");
    await page.getByRole("link", { name: "Follow your payment" }).click();
    await waitForStage(page, "processing");
    await decideDebit(refused);
    await waitForStage(page, "expired");
    await page.getByRole("heading", { name: "Your bank refused the payment" }).waitFor();
    await inspect(page, "purchase-refused");

    await page.getByRole("link", { name: "Start again" }).click();
    await fillCard(page, CARDS.good);
    expect(await payAndReturn(page)).not.toBe(refused);
    await waitForStage(page, "enrolled");
  });
});
