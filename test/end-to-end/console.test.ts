import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { followExecution } from "#infra/local/follow-execution.ts";
import { DESKTOP, DEVICES, visit } from "#test/support/browser.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import { purchaseEvent, stripeEvent } from "#test/support/stripe-events.ts";
import { inspect } from "./inspect.ts";
import { FAILED_LONG_AGO, seedExecutions } from "./seed-executions.ts";
import { useConsole } from "./use-console.ts";

const SEEDED = 5_000;

const used = useConsole(({ dataDir }) => seedExecutions(dataDir, SEEDED));
const { address } = used;

/** A payment for a course that is not there, so that its execution fails and leaves a dead letter. */
async function failPurchase(name: string) {
  const course = { ...paidCourse, courseId: `COURSE-${name}` };
  const buyer = { ...student, userId: `user-${name}` };
  await used.clients.putItem(studentItem(buyer));
  await used.clients.removeItem(`COURSE#${course.courseId}`, "METADATA");
  await used.clients.postWebhook(purchaseEvent(name, { courseId: course.courseId }));
  const { status } = await followExecution(used.clients.sfn, `evt_${name}`);
  if (status !== "FAILED") throw new Error(`the execution should fail, but is ${status}`);
  return { eventId: `evt_${name}`, mend: () => used.clients.putItem(courseItem(course)) };
}

const stateOf = (page: Page, name: string) => page.locator(`[data-state="${name}"]`);
/** Opens the button's question, and answers it. */
async function act(within: Page | Locator, button: string, reason = "mended") {
  await within.getByRole("button", { name: button, exact: true }).click();
  await within.getByLabel("Why?").fill(reason);
  await within.getByLabel("Why?").press("Enter");
}

const waitForState = (page: Page, name: string, status: string) =>
  page.locator(`[data-state="${name}"][data-status="${status}"]`).waitFor();

test("a failed execution is found, its error read, its cause mended, redriven, and turns green", async () => {
  const { page } = used.visited;
  const { eventId, mend } = await failPurchase("repair");
  await page.goto(address("/"));
  await page.getByLabel("Status").selectOption("Failed");
  await page.getByLabel("Name contains").fill("repair");
  await page.getByRole("link", { name: eventId }).click();

  await page.getByRole("alert").getByText("ValidateSession: CourseNotFound").waitFor();
  await waitForState(page, "ValidateSession", "caught");
  await waitForState(page, "AwaitRedrive", "failed");
  await waitForState(page, "WriteEnrollment", "not reached");
  await stateOf(page, "ValidateSession").click();
  await page.getByRole("region", { name: "Chosen state" }).getByText('"cs_test_repair"').first().waitFor();

  await page.getByRole("link", { name: "see the dead letter" }).click();
  const letter = page.getByRole("listitem").filter({ hasText: eventId });
  await letter.getByText("Failed", { exact: true }).waitFor();
  await letter.getByRole("link", { name: eventId }).click();
  // The page that was left has a button of that name, too.
  await page.waitForURL((url) => url.pathname !== "/dead-letters");
  await waitForState(page, "AwaitRedrive", "failed");

  await mend();
  await act(page, "Redrive");
  await waitForState(page, "Enrolled", "succeeded");
  await waitForState(page, "ValidateSession", "succeeded");
  await page.getByRole("region", { name: "Steps" }).getByText("WriteEnrollment").first().waitFor();
  expect(await page.getByRole("button", { name: "Redrive", exact: true }).count()).toBe(0);

  await page.goto(address("/dead-letters"));
  await letter.getByText("Succeeded", { exact: true }).waitFor();
  await act(letter, "Remove letter");
  await letter.waitFor({ state: "detached" });
  expect(await used.clients.takeDeadLetters()).toEqual([]);
});

test("a dead letter stays until its execution has succeeded", async () => {
  const { page } = used.visited;
  const { eventId } = await failPurchase("too-early");
  await page.goto(address("/dead-letters"));
  const letter = page.getByRole("listitem").filter({ hasText: eventId });
  await act(letter, "Redrive", "to see that it fails");
  await letter.first().getByText("Failed", { exact: true }).waitFor();
  expect(await letter.getByRole("button", { name: "Remove letter" }).count()).toBe(0);
  const messageId = await letter.first().getAttribute("id");
  const response = await page.request.post(address(`/api/dead-letters/${messageId}/delete`), {
    headers: { "x-bursar-console": "1" },
    data: { reason: "too early" },
  });
  expect(response.status()).toBe(409);
  // The page looks at the queue too, and whoever looks has the letters to themselves for a moment.
  await expect.poll(async () => (await used.clients.takeDeadLetters()).length).toBeGreaterThan(0);
});

test("five thousand executions come a page at a time, and a name among them is found", async () => {
  const { page } = used.visited;
  await page.goto(address("/?status=SUCCEEDED&text=seeded"));
  const rows = page.getByRole("region", { name: "Executions" }).locator("tbody tr");
  await page.getByRole("link", { name: "evt_seeded_05000" }).waitFor();
  expect(await rows.count()).toBeLessThanOrEqual(100);
  await page.getByRole("link", { name: "Older" }).click();
  await page.getByText("Page 2").waitFor();
  await page.getByRole("link", { name: "evt_seeded_05000" }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Newer" }).click();
  await page.getByRole("link", { name: "evt_seeded_05000" }).waitFor();

  await page.getByLabel("Name contains").fill("seeded_03210");
  await page.getByRole("link", { name: "evt_seeded_03210" }).waitFor();
  expect(await rows.count()).toBe(1);

  await page.goto(address("/"));
  await page.getByRole("link", { name: /^evt_/ }).first().waitFor();
  expect(await rows.count()).toBe(50);
});

test("a new execution appears without a reload", async () => {
  const { page } = used.visited;
  await page.goto(address("/"));
  await page.getByRole("link", { name: /^evt_/ }).first().waitFor();
  await failPurchase("appears");
  await expect.poll(() => page.getByRole("link", { name: "evt_appears" }).count()).toBe(1);
});

test("an alarm goes off for a dead letter, and a refused dependency is broken and mended by hand", async () => {
  const { page } = used.visited;
  await failPurchase("alarm");
  await page.goto(address("/alarms"));
  await page.locator('[data-alarm="DeadLetters"]').getByText("ALARM").first().waitFor();
  await page
    .locator('[data-alarm="DeadLetters"]')
    .getByText(/^History/)
    .waitFor();

  await page.getByRole("link", { name: "Faults" }).click();
  await page.getByLabel("Why?").fill("rehearsal");
  await page.getByLabel("Dependency").selectOption("Step Functions: starting executions");
  await page.getByRole("button", { name: "Break" }).click();
  await page.getByText("AWSStepFunctions.StartExecution refuse").waitFor();
  await expect(used.clients.postWebhook(stripeEvent({ id: "evt_overflowing" }))).resolves.toMatchObject({
    body: { queued: true },
  });
  await page.getByRole("button", { name: "Mend" }).click();
  await page.getByText("All of it works.").waitFor();
  await expect(used.clients.postWebhook(stripeEvent({ id: "evt_mended" }))).resolves.toMatchObject({
    body: { started: true },
  });
});

test("a page elsewhere cannot redrive or read anything", async () => {
  const { page } = used.visited;
  const forged = await page.request.post(address("/api/executions/evt_repair/redrive"));
  expect(forged.status()).toBe(403);
  const rebound = await page.request.get(address("/api/executions"), { headers: { host: "evil.example" } });
  expect(rebound.status()).toBe(421);
});

const looks: [name: string, path: string, role: "link" | "heading" | "alert", words: string | RegExp][] = [
  ["executions", "/", "link", /^evt_/],
  ["execution", "/executions/evt_alarm", "heading", "Steps"],
  ["dead-letters", "/dead-letters", "heading", "CourseNotFound"],
  ["alarms", "/alarms", "heading", "DeadLetters"],
  ["deliveries", "/deliveries", "heading", "Stripe deliveries"],
  ["ledger", "/ledger", "heading", "Ledger"],
  ["faults", "/faults", "heading", "AWS"],
];

describe.each(DEVICES)("on a $device", ({ viewport }) => {
  test.each(looks)("%s is readable for everybody, in light and dark", async (name, path, role, words) => {
    const { page, context, complaints } = await visit(used.browser, viewport);
    await page.goto(address(path));
    await page.getByRole(role, { name: words }).first().waitFor();
    await inspect(page, `console-${name}`);
    await context.close();
    expect(complaints).toEqual([]);
  });
});

test("what is not there is said to be not there", async () => {
  const { page, context } = await visit(used.browser, DESKTOP);
  await page.goto(address("/executions/evt_never"));
  await expect
    .poll(() => page.getByRole("alert").first().textContent())
    .toBe("There is no execution named evt_never.");
  await inspect(page, "console-no-such-execution");
  await page.goto(address("/?text=nothing-is-called-so"));
  await page.getByText(/^None among|^No execution is like that/).waitFor();
  await inspect(page, "console-no-executions");
  await context.close();
});

test("an execution that is too old to be redriven leads to the fresh one that does its work now", async () => {
  const { page } = used.visited;
  await page.goto(address(`/executions/${FAILED_LONG_AGO}`));
  await act(page, "Redrive");
  await page.getByText("A fresh execution does the work now").waitFor();
  await page.getByRole("link", { name: `${FAILED_LONG_AGO}-r1` }).click();
  await page.getByRole("heading", { name: `${FAILED_LONG_AGO}-r1` }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/executions/${FAILED_LONG_AGO}-r1`);
});
