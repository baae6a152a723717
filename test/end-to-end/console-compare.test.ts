import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { readDefinitionText } from "#handlers/adapters/step-functions/state-machine.ts";
import { RELEASE_WAYS } from "#infra/deployment/releases.ts";
import { followExecution } from "#infra/local/follow-execution.ts";
import { LIVE_ARN } from "#infra/local/names.ts";
import { releaseGradually } from "#infra/local/release-gradually.ts";
import { DEVICES, visit } from "#test/support/browser.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import { createStackClients } from "#test/support/stack-clients.ts";
import { purchaseEvent } from "#test/support/stripe-events.ts";
import { inspect } from "./inspect.ts";
import { useConsole } from "./use-console.ts";

const used = useConsole();
const COURSE = { ...paidCourse, courseId: "COURSE-compared" };

/** Failed, redriven in vain, and redriven once more when the cause was mended. */
beforeAll(async () => {
  const clients = createStackClients(used.stack);
  await clients.putItem(studentItem({ ...student, userId: "user-compared" }));
  await clients.postWebhook(purchaseEvent("compared", { courseId: COURSE.courseId }));
  await followExecution(clients.sfn, "evt_compared");
  const redrive = async () => {
    const response = await fetch(`${used.stack.consoleUrl}/api/executions/evt_compared/redrive`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-bursar-console": "1" },
      body: JSON.stringify({ reason: "to compare" }),
    });
    if (!response.ok) throw new Error(await response.text());
    await followExecution(clients.sfn, "evt_compared");
  };
  await redrive();
  await clients.putItem(courseItem(COURSE));
  await redrive();
  // What begins from now on runs another definition.
  const definition = await readDefinitionText(LIVE_ARN, clients.sfn);
  await releaseGradually({
    sfn: clients.sfn,
    definition: definition.replace('"MaxAttempts": ', '"MaxAttempts": 9'),
    way: RELEASE_WAYS["all-at-once"],
    isAlarming: () => false,
  });
  await clients.putItem(studentItem({ ...student, userId: "user-newer" }));
  await clients.postWebhook(purchaseEvent("newer", { courseId: COURSE.courseId }));
  await followExecution(clients.sfn, "evt_newer");
});

const rowOf = (page: Page, table: string, what: string) =>
  page.getByRole("region", { name: table }).getByRole("row").filter({ hasText: what });

test.each(DEVICES)("two runs and two executions are compared on a $device", async ({ viewport, device }) => {
  const { page, context, complaints } = await visit(used.browser, viewport);
  await page.goto(used.address("/executions/evt_compared"));
  await page.getByRole("link", { name: "the run before the last redrive" }).click();
  await expect
    .poll(() => new URL(page.url()).search)
    .toBe("?left=evt_compared&leftRun=1&right=evt_compared&rightRun=2");
  const error = rowOf(page, "How they ended", "Error");
  await error.getByText("differs").waitFor();
  await error.getByText("CourseNotFound").waitFor();
  await rowOf(page, "States", "ValidateSession")
    .getByText(/^CourseNotFound: /)
    .waitFor();
  await rowOf(page, "States", "WriteEnrollment").getByText("Not run").waitFor();
  await page.getByRole("heading", { name: "Definition the same" }).waitFor();

  await page.getByLabel("Run of the right execution").selectOption("First run");
  await error.getByText("same").waitFor();
  expect(new URL(page.url()).searchParams.get("rightRun")).toBe("0");
  await page.goBack();
  await error.getByText("differs").waitFor();

  // By the keyboard alone: another execution in the place of the right one.
  const right = page.getByLabel("Right execution", { exact: true });
  await right.fill("evt_newer");
  await right.press("Enter");
  const definition = page.getByRole("region", { name: "Definition", exact: true });
  await definition.locator("del").first().waitFor();
  await definition.locator("ins").getByText('"MaxAttempts": 9').first().waitFor();
  await page.getByRole("region", { name: "Input", exact: true }).getByText("Only right:").first().waitFor();
  await inspect(page, `console-compare-${device}`);

  await page.goto(used.address("/compare?left=evt_compared"));
  await page.getByRole("link", { name: "evt_newer" }).click();
  await definition.waitFor();
  await context.close();
  expect(complaints).toEqual([]);
});
