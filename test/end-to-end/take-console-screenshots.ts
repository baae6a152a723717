/** Buys courses, lets some purchases fail, and makes the README's pictures of the executions console. */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { followExecution } from "#infra/local/follow-execution.ts";
import { TABLE_NAME } from "#infra/local/names.ts";
import { findCompletedEvent } from "#infra/local/stand-in-control.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { signIn } from "#infra/local/student-session.ts";
import { launchBrowser } from "#test/support/browser.ts";
import { createStackPlace, removeStackPlace, startRunningStack } from "#test/support/running-stack.ts";
import { createStackClients } from "#test/support/stack-clients.ts";

const folder = fileURLToPath(new URL("../../.github/pictures", import.meta.url));

const place = await createStackPlace();
const stack = await startRunningStack(place, { client: true });
const { sfn, table } = createStackClients(stack);
const browser = await launchBrowser();

async function buy(email: string, courseId: string, meanwhile = async () => {}): Promise<string> {
  const student = await signIn(email, stack);
  await student.readStudent();
  const checkout = await student.enroll(courseId);
  if (checkout.status !== "pending") throw new Error(`${courseId} should be paid for`);
  await meanwhile();
  await student.payByCard(checkout.checkoutSessionId, checkout.clientSecret, CARDS.good);
  const { id } = await findCompletedEvent(stack.stripeUrl, checkout.checkoutSessionId);
  await followExecution(sfn, id);
  return id;
}

async function removeCourse(): Promise<void> {
  const Key = { PK: "COURSE#TEST-COURSE-005", SK: "METADATA" };
  await table.client.send(new DeleteCommand({ TableName: TABLE_NAME, Key }));
}

try {
  await mkdir(folder, { recursive: true });
  for (const name of ["ada", "grace", "alan"]) await buy(`${name}@example.com`, "TEST-COURSE-003");
  const failed = await buy("ada@example.com", "TEST-COURSE-005", removeCourse);
  for (const name of ["barbara", "donald", "edsger", "margaret"])
    await buy(`${name}@example.com`, "TEST-COURSE-003");

  const context = await browser.newContext({
    viewport: { width: 1240, height: 620 },
    deviceScaleFactor: 1.5,
  });
  const page = await context.newPage();
  await page.goto(`${stack.consoleUrl}/`);
  await page.getByRole("link", { name: failed }).waitFor();
  await page.screenshot({ path: `${folder}/console-executions.png` });
  await page.setViewportSize({ width: 1240, height: 1140 });
  await page.getByRole("link", { name: failed }).click();
  await page.locator('[data-state="AwaitRedrive"]').waitFor();
  await page.getByText("see the dead letter").waitFor();
  await page.locator('[data-state="ValidateSession"]').click();
  await page.screenshot({ path: `${folder}/console-execution.png` });
  process.stdout.write(`${folder}/console-executions.png\n${folder}/console-execution.png\n`);
} finally {
  await browser.close();
  await stack.stop();
  await removeStackPlace(place);
}
