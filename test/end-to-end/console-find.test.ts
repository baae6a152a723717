import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import { DEVICES, visit } from "#test/support/browser.ts";
import { buy, newStudent } from "#test/support/checkouts.ts";
import { FAILED_COURSE, failPurchase } from "#test/support/failed-purchase.ts";
import { endOf } from "#test/support/purchase-history.ts";
import { inspect } from "./inspect.ts";
import { FAILED_LONG_AGO, seedExecutions } from "./seed-executions.ts";
import { useConsole } from "./use-console.ts";

const SEEDED = 20_000;

const used = useConsole(({ dataDir }) => seedExecutions(dataDir, SEEDED));
const { address } = used;

async function find(page: Page, id: string) {
  await page.getByLabel("Find").fill(id);
  await page.getByLabel("Find").press("Enter");
}

const purchaseOn = (page: Page, checkoutSessionId: string) =>
  page.getByRole("article").filter({ hasText: checkoutSessionId });

describe.each(DEVICES)("on a $device", ({ viewport, device }) => {
  test("from a student's e-mail to the repaired purchase it takes two actions", async () => {
    const { student, checkoutSessionId } = await failPurchase(`failed-${device}`, used.stack, used.clients);
    const { page, context, complaints } = await visit(used.browser, viewport);
    await page.goto(address("/"));
    await find(page, student.email);
    const purchase = purchaseOn(page, checkoutSessionId);
    await purchase.getByText("Paid, not enrolled. Put the course back").waitFor();
    await purchase.getByText("CourseNotFound").first().waitFor();
    await inspect(page, `console-purchase-failed-${device}`);

    await purchase.getByRole("button", { name: "Redrive", exact: true }).click();
    await purchase.getByText("Nothing: the student has the course.").waitFor();
    await purchase.getByText(": succeeded").waitFor();
    await inspect(page, `console-purchase-repaired-${device}`);
    await expect(student.checkEnrollment(FAILED_COURSE)).resolves.toMatchObject({ enrolled: true });
    await expect(used.clients.takeDeadLetters()).resolves.toEqual([]);

    await purchase.getByRole("link", { name: "What operators did about it" }).click();
    await page.getByRole("row").filter({ hasText: "mended" }).getByText("Done").waitFor();
    await context.close();
    expect(complaints).toEqual([]);
  });

  test("money that went back is decided about where it is seen", async () => {
    const student = await newStudent(`refunded-${device}`, used.stack);
    const { checkoutSessionId } = await buy(student, FAILED_COURSE);
    await endOf(used.stack, used.clients, checkoutSessionId);
    await createStripeControl(used.stack.stripeUrl).refund(checkoutSessionId);
    const { page, context, complaints } = await visit(used.browser, viewport);
    await page.goto(address(`/find?id=${checkoutSessionId}`));
    const purchase = purchaseOn(page, checkoutSessionId);
    await purchase.getByText("$49.00, all of it").waitFor();
    await purchase.getByRole("button", { name: "Waive" }).click();
    // The likelier decision asks for its reason, too.
    await purchase.getByLabel("Why?").last().fill("out of goodwill");
    await purchase.getByLabel("Why?").last().press("Enter");
    await purchase.getByText(/waived by \S+, .*: out of goodwill/).waitFor();
    await expect(student.checkEnrollment(FAILED_COURSE)).resolves.toMatchObject({ enrolled: true });
    await context.close();
    expect(complaints).toEqual([]);
  });
});

test("an execution is found by its name, however many are newer, and what is nowhere is said to be nowhere", async () => {
  const { page } = used.visited;
  await page.goto(address("/"));
  await page.getByRole("heading", { name: "Executions" }).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type(FAILED_LONG_AGO);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "its history" }).click();
  // The page that was left bears the same heading.
  await page.waitForURL((url) => url.pathname !== "/find");
  await page.getByRole("heading", { name: FAILED_LONG_AGO }).waitFor();
  await page.goBack();
  await page.getByText("Found as execution").waitFor();
  expect(await page.getByLabel("Find").inputValue()).toBe(FAILED_LONG_AGO);

  await find(page, "cs_test_never");
  await page.getByText("Nothing is known as cs_test_never here").waitFor();
});
