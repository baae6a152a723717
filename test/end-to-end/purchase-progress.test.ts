import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { createEnrollmentStore } from "#handlers/adapters/dynamodb/enrollments.ts";
import { findCompletedEvent, resendEvent } from "#infra/local/stand-in-control.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { NEUTRAL_KNOBS } from "#infra/local/stripe/control/knobs.ts";
import { DEVICES } from "#test/support/browser.ts";
import { paidEnrollment } from "#test/support/purchases.ts";
import { createStackClients } from "#test/support/stack-clients.ts";
import {
  fillCard,
  payAndReturn,
  paymentForm,
  readUserId,
  waitForStage,
} from "#test/support/student-browser.ts";
import type { CheckoutStatusAnswer } from "#workflow/contract.ts";
import { orderNumberOf } from "#workflow/order-number.ts";
import { onEachDevice, runBursar } from "./bursar.ts";
import { inspect } from "./inspect.ts";

const { stack, openPage, openAsStudent, turnKnobs, url } = runBursar();

const COURSE = "TEST-COURSE-003";

afterEach(() => turnKnobs(NEUTRAL_KNOBS));

/** Writes down what the API says about a purchase, answer by answer. */
function noteAnswers(page: Page): CheckoutStatusAnswer[] {
  const answers: CheckoutStatusAnswer[] = [];
  page.on("response", async (response) => {
    if (!response.url().includes("/api/checkout/session/") || !response.ok()) return;
    const answer = (await response.json().catch(() => undefined)) as CheckoutStatusAnswer | undefined;
    if (answer) answers.push(answer);
  });
  return answers;
}

const shownStage = async (page: Page) =>
  (await page.locator("[data-testid^=stage-]").getAttribute("data-testid"))?.replace("stage-", "");

test("a webhook that is late: paid, also after a reload, and then enrolled", async () => {
  await turnKnobs({ paused: true });
  const paid = await onEachDevice(async (device) => {
    const { page } = await openAsStudent(`/checkout/${COURSE}`, device);
    await fillCard(page, CARDS.good);
    const answers = noteAnswers(page);
    await payAndReturn(page);
    await waitForStage(page, "paid");
    await page.reload();
    await waitForStage(page, "paid");
    return { page, answers };
  });
  await turnKnobs({ paused: false });
  for (const { page, answers } of paid) {
    await waitForStage(page, "enrolled");
    expect(answers.at(0)?.stage).toBe("paid");
    expect(answers.at(-1)?.stage).toBe("enrolled");
    await page.reload();
    await waitForStage(page, "enrolled");
  }
});

test("a webhook that never comes: the page claims what the API says, and nothing more", async () => {
  await turnKnobs({ dropDeliveries: true });
  await onEachDevice(async (device) => {
    const { page } = await openAsStudent(`/checkout/${COURSE}`, device);
    await fillCard(page, CARDS.good);
    const answers = noteAnswers(page);
    await payAndReturn(page);
    await waitForStage(page, "paid");
    await inspect(page, "purchase-paid");

    await expect.poll(() => answers.length).toBeGreaterThanOrEqual(4);
    const claimed = await shownStage(page);
    expect(answers.map(({ stage }) => stage)).toContain(claimed);
    expect(answers.filter(({ stage, enrolled }) => stage === "enrolled" && !enrolled)).toEqual([]);
    expect(await page.getByRole("link", { name: /pay$|checkout|start again/i }).count()).toBe(0);
  });
});

test("a purchase that ended as a dead letter: the payment is safe; and once it is repaired, enrolled", async () => {
  const { readItem, removeItem, putItem } = createStackClients(stack);
  await onEachDevice(async (device) => {
    const { page } = await openAsStudent(`/checkout/${COURSE}`, device);
    await paymentForm(page).getByTestId("pay").waitFor();
    const key = [`USER#${await readUserId(page)}`, "METADATA"] as const;
    const student = await readItem(...key);
    await removeItem(...key);

    await fillCard(page, CARDS.good);
    const checkoutSessionId = await payAndReturn(page);
    await waitForStage(page, "needs_attention");
    await page.getByText("Your payment is safe.").waitFor();
    await page.getByText(orderNumberOf(checkoutSessionId)).first().waitFor();
    await inspect(page, "purchase-dead-lettered");

    await putItem(student ?? {});
    const event = await findCompletedEvent(stack.stripeUrl, checkoutSessionId);
    await resendEvent(stack.stripeUrl, event.id);
    await waitForStage(page, "enrolled");
  });
});

describe.each(DEVICES)("on a $device", (device) => {
  test("a student who has paid twice is told so, that the payment is safe, and what to write with", async () => {
    const { page } = await openAsStudent(`/checkout/${COURSE}`, device);
    await paymentForm(page).getByTestId("pay").waitFor();
    await enrollByHand(page);

    await fillCard(page, CARDS.good);
    const checkoutSessionId = await payAndReturn(page);
    await waitForStage(page, "needs_attention");
    await page.getByRole("heading", { name: "You have paid for this course twice" }).waitFor();
    await page.getByText("one too many. It is safe").waitFor();
    await page.getByText(orderNumberOf(checkoutSessionId)).first().waitFor();
    await page.getByRole("link", { name: "Go to course" }).waitFor();
    expect(await page.getByRole("link", { name: /checkout|start again/i }).count()).toBe(0);
    await inspect(page, "purchase-needs-attention");

    await page.goto(url("/"));
    await page.getByText("You have paid for this course twice. Your payment is safe.").waitFor();
    await inspect(page, "catalogue-needs-attention");
    await page.getByRole("link", { name: "See how it stands" }).click();
    await waitForStage(page, "needs_attention");
  });

  test("another student's purchase is a page that is not there", async () => {
    const owner = await openAsStudent(`/checkout/${COURSE}`, device);
    await fillCard(owner.page, CARDS.good);
    const checkoutSessionId = await payAndReturn(owner.page);
    await waitForStage(owner.page, "enrolled");

    const visitor = await openPage(`/checkout/return?session_id=${checkoutSessionId}`, device);
    await visitor.page.getByRole("heading", { name: "Please sign in" }).waitFor();
    await inspect(visitor.page, "purchase-signed-out");

    const stranger = await openAsStudent(`/checkout/return?session_id=${checkoutSessionId}`, device);
    stranger.expectComplaints(/404 .*\/api\/checkout\/session\/cs_test_/);
    await stranger.page.getByRole("heading", { name: "Page not found" }).waitFor();
    expect(await stranger.page.locator("[data-testid^=stage-]").count()).toBe(0);
    await inspect(stranger.page, "purchase-of-a-stranger");
  });
});

/** As if this student had got the course by another checkout. */
async function enrollByHand(page: Page): Promise<void> {
  const enrollment = paidEnrollment({
    userId: await readUserId(page),
    courseId: COURSE,
    stripeSessionId: "cs_test_paid_before",
    progress: 40,
  });
  await createEnrollmentStore(createStackClients(stack).table).createEnrollment(enrollment);
}
