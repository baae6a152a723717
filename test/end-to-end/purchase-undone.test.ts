import { describe, test } from "vitest";
import { createEnrollmentStore } from "#handlers/adapters/dynamodb/enrollments.ts";
import { createPurchaseStore } from "#handlers/adapters/dynamodb/purchases.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { DEVICES } from "#test/support/browser.ts";
import { createStackClients } from "#test/support/stack-clients.ts";
import { fillCard, payAndReturn, readUserId, waitForStage } from "#test/support/student-browser.ts";
import { runBursar } from "./bursar.ts";
import { inspect } from "./inspect.ts";

const { stack, openAsStudent, url } = runBursar();

const COURSE = "TEST-COURSE-003";

describe.each(DEVICES)("on a $device", (device) => {
  test("a purchase that an operator withdrew says so, and the course can be bought again", async () => {
    const { page } = await openAsStudent(`/checkout/${COURSE}`, device);
    await fillCard(page, CARDS.good);
    const checkoutSessionId = await payAndReturn(page);
    await waitForStage(page, "enrolled");
    await withdraw(await readUserId(page), checkoutSessionId);

    await page.goto(url("/purchases"));
    await page.getByText("Withdrawn", { exact: true }).waitFor();
    await page.goto(url(`/checkout/return?session_id=${checkoutSessionId}`));
    await waitForStage(page, "withdrawn");
    await inspect(page, "purchase-withdrawn");

    await page.getByRole("link", { name: "Buy again" }).click();
    await fillCard(page, CARDS.good);
    await payAndReturn(page);
    await waitForStage(page, "enrolled");
  });
});

async function withdraw(userId: string, checkoutSessionId: string): Promise<void> {
  const { table } = createStackClients(stack);
  await createPurchaseStore(table).decide(
    { userId, checkoutSessionId },
    { kind: "withdrawn", reason: "agreed with the student", by: "operator", at: new Date().toISOString() },
  );
  await createEnrollmentStore(table).deleteEnrollment(userId, COURSE, checkoutSessionId);
}
