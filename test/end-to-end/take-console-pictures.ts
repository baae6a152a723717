/** Buys courses, lets one purchase fail, and makes the README's pictures of the executions console. */
import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import type { Browser } from "playwright-core";
import { followExecution } from "#infra/local/follow-execution.ts";
import { TABLE_NAME } from "#infra/local/names.ts";
import { findCompletedEvent } from "#infra/local/stand-in-control.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { signIn } from "#infra/local/student-session.ts";
import { launchBrowser } from "#test/support/browser.ts";
import {
  createStackPlace,
  type RunningStack,
  removeStackPlace,
  startRunningStack,
} from "#test/support/running-stack.ts";
import { createStackClients } from "#test/support/stack-clients.ts";

/** @returns the files that it has written */
export async function takeConsolePictures(folder: string): Promise<string[]> {
  const place = await createStackPlace();
  const stack = await startRunningStack(place, { client: true });
  const browser = await launchBrowser();
  try {
    return await photograph(browser, stack.consoleUrl ?? "", await makePurchases(stack), folder);
  } finally {
    await browser.close();
    await stack.stop();
    await removeStackPlace(place);
  }
}

/** @returns the name of the execution that failed: its course was deleted while a student paid for it */
async function makePurchases(stack: RunningStack): Promise<string> {
  const { sfn, table } = createStackClients(stack);

  async function buy(name: string, courseId: string, meanwhile = async () => {}): Promise<string> {
    const student = await signIn(`${name}@example.com`, stack);
    await student.readStudent();
    const checkout = await student.enroll(courseId);
    if (checkout.status !== "pending") throw new Error(`${courseId} should be paid for`);
    await meanwhile();
    await student.payByCard(checkout.checkoutSessionId, checkout.clientSecret, CARDS.good);
    const { id } = await findCompletedEvent(stack.stripeUrl, checkout.checkoutSessionId);
    await followExecution(sfn, id);
    return id;
  }

  for (const name of ["ada", "grace", "alan"]) await buy(name, "TEST-COURSE-003");
  const failed = await buy("ada", "TEST-COURSE-005", async () => {
    const Key = { PK: "COURSE#TEST-COURSE-005", SK: "METADATA" };
    await table.client.send(new DeleteCommand({ TableName: TABLE_NAME, Key }));
  });
  for (const name of ["barbara", "donald", "edsger", "margaret"]) await buy(name, "TEST-COURSE-003");
  return failed;
}

async function photograph(
  browser: Browser,
  consoleUrl: string,
  failed: string,
  folder: string,
): Promise<string[]> {
  const files = [`${folder}/console-executions.png`, `${folder}/console-execution.png`];
  const [list = "", detail = ""] = files;
  const viewport = { width: 1240, height: 620 };
  const context = await browser.newContext({ viewport, deviceScaleFactor: 1.5 });
  const page = await context.newPage();
  await page.goto(`${consoleUrl}/`);
  await page.getByRole("link", { name: failed }).waitFor();
  await page.screenshot({ path: list });
  await page.setViewportSize({ width: 1240, height: 1140 });
  await page.getByRole("link", { name: failed }).click();
  await page.locator('[data-state="AwaitRedrive"]').waitFor();
  await page.getByText("see the dead letter").waitFor();
  await page.locator('[data-state="ValidateSession"]').click();
  await page.screenshot({ path: detail });
  return files;
}
