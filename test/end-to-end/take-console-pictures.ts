/** Buys courses, lets two purchases fail, and makes the README's pictures of the executions console. */
import type { Browser, Page } from "playwright-core";
import { keys } from "#handlers/adapters/dynamodb/table.ts";
import { followExecution } from "#infra/local/follow-execution.ts";
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

/** @returns the name of an execution that failed: its course was deleted while a student paid for it, and is back */
async function makePurchases(stack: RunningStack): Promise<string> {
  const { sfn, readItem, removeItem, putItem } = createStackClients(stack);

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
  const { PK, SK } = keys.course("TEST-COURSE-005");
  const course = (await readItem(PK, SK)) ?? {};
  const names: string[] = [];
  for (const name of ["grace", "ada"]) {
    names.push(await buy(name, "TEST-COURSE-005", () => removeItem(PK, SK)));
    await putItem(course);
  }
  const [, failed = ""] = names;
  for (const name of ["barbara", "donald", "edsger", "margaret"]) await buy(name, "TEST-COURSE-003");
  return failed;
}

async function photograph(
  browser: Browser,
  consoleUrl: string,
  failed: string,
  folder: string,
): Promise<string[]> {
  const files = ["executions", "execution", "purchase", "plan", "ledger"].map(
    (what) => `${folder}/console-${what}.png`,
  );
  const [list = "", detail = "", purchase = "", plan = "", ledger = ""] = files;
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

  await page.setViewportSize({ width: 1240, height: 980 });
  await page.getByRole("searchbox", { name: "Find" }).fill("ada@example.com");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Redrive" }).waitFor();
  await page.screenshot({ path: purchase });
  await redriveByPlan(page, `${consoleUrl}/dead-letters`, plan);

  await page.setViewportSize({ width: 1240, height: 560 });
  await page.goto(`${consoleUrl}/ledger`);
  await page.getByRole("table").getByText("the course is back").first().waitFor();
  await page.screenshot({ path: ledger });
  return files;
}

/** Two letters of one cause, once it is mended. */
async function redriveByPlan(page: Page, letters: string, file: string): Promise<void> {
  await page.setViewportSize({ width: 1240, height: 640 });
  await page.goto(letters);
  await page.getByRole("button", { name: /^Plan the redrive of all/ }).click();
  await page.getByRole("button", { name: "Run the plan" }).waitFor();
  await page.getByLabel(/Why\?/).fill("the course is back");
  await page.screenshot({ path: file });
  await page.getByRole("button", { name: "Run the plan" }).click();
  await page.getByText("All of it went through").waitFor();
}
