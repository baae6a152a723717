import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DESKTOP, keepScreenshot, launchBrowser, PHONE, visit } from "#test/support/browser.ts";
import {
  createStackPlace,
  type RunningStack,
  removeStackPlace,
  type StackPlace,
  startRunningStack,
} from "#test/support/running-stack.ts";
import { expectEnrolledBadge, fillCard, pay, paymentForm, signInAs, waitForStage } from "#test/support/student-browser.ts";

let place: StackPlace;
let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  place = await createStackPlace();
  [stack, browser] = await Promise.all([startRunningStack(place, { client: true }), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
  await removeStackPlace(place);
});

describe.each([
  { device: "desktop", viewport: DESKTOP, name: "Ada", courseId: "TEST-COURSE-005" },
  { device: "phone", viewport: PHONE, name: "Grace", courseId: "TEST-COURSE-003" },
])("on a $device", ({ device, viewport, name, courseId }) => {
  test("a student is declined, pays with a good card, and sees the course as theirs", async () => {
    const { context, page, complaints } = await visit(browser, viewport);
    await page.goto(stack.clientUrl);
    await signInAs(page, name);
    await page.goto(`${stack.clientUrl}/courses/${courseId}`);
    await page.getByRole("link", { name: /^Buy for/ }).or(page.getByRole("button", { name: /^Buy for/ })).first().click();

    await fillCard(page, { number: "4000000000000002" });
    await pay(page);
    await paymentForm(page).getByRole("alert").getByText(/declined/i).waitFor();
    await keepScreenshot(page, `purchase-${device}-declined`);

    await fillCard(page, { number: "4242424242424242" });
    await pay(page);
    await page.waitForURL(/\/checkout\/return\?session_id=cs_test_/);
    await waitForStage(page, "enrolled");
    await keepScreenshot(page, `purchase-${device}-enrolled`);
    const purchaseUrl = page.url();

    await expectEnrolledBadge(page, courseId);
    await keepScreenshot(page, `purchase-${device}-badge`);

    // Another student is told that there is no such purchase, not that it is somebody else's.
    const stranger = await visit(browser, viewport);
    await stranger.page.goto(stack.clientUrl);
    await signInAs(stranger.page, "Alan");
    await stranger.page.goto(purchaseUrl);
    await stranger.page.getByRole("heading", { name: /not found|no such/i }).waitFor();
    await stranger.context.close();

    // The browser itself logs the form's 402 answer; nothing else may complain.
    expect(complaints.filter((complaint) => !/402/.test(complaint))).toEqual([]);
    await context.close();
  });
});

test("a free course is the student's at once", async () => {
  const { context, page, complaints } = await visit(browser, DESKTOP);
  await page.goto(stack.clientUrl);
  await signInAs(page, "Alan");
  await page.goto(`${stack.clientUrl}/courses/TEST-COURSE-001`);
  await page.getByRole("button", { name: "Enroll for free" }).click();
  await page.getByText("Enrolled").first().waitFor();
  await expectEnrolledBadge(page, "TEST-COURSE-001");
  expect(complaints).toEqual([]);
  await context.close();
});
