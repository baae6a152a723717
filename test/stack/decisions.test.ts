import { describe, expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { keys } from "#handlers/adapters/dynamodb/table.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import { buy, newStudent, startCheckout, turnKnobs } from "#test/support/checkouts.ts";
import { useOperator } from "#test/support/operator.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { endOf, executionsOf, SOON } from "#test/support/purchase-history.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";
import type { PurchasesAnswer } from "#workflow/contract.ts";

const COURSE = "TEST-COURSE-003";
/** Milliseconds; every command is a process of its own. */
const PATIENT = { timeout: 120_000 };

const { stack, clients } = useRunningStack();
const operator = useOperator(stack);

const control = () => createStripeControl(stack.stripeUrl);
type Student = Awaited<ReturnType<typeof newStudent>>;

/** A student who has paid for a course, once the execution is over. */
async function buyer(name: string) {
  const student = await newStudent(name, stack);
  const { checkoutSessionId } = await buy(student, COURSE);
  await endOf(stack, clients, checkoutSessionId);
  return { student, checkoutSessionId };
}

const recordOf = ({ userId }: Student, checkoutSessionId: string) => {
  const { PK, SK } = keys.purchase(userId, checkoutSessionId);
  return clients.readItem(PK, SK);
};

const listedFor = async (student: Student) =>
  (await student.callApi<PurchasesAnswer>("GET", "/api/purchases")).purchases;

const isEnrolled = async (student: Student) => (await student.checkEnrollment(COURSE)).enrolled;

describe("money that goes back", () => {
  test("is noticed, told to the student, and changes nothing by itself", async () => {
    const { student, checkoutSessionId } = await buyer("part-back");
    await control().refund(checkoutSessionId, 1900);
    await expect
      .poll(() => recordOf(student, checkoutSessionId), SOON)
      .toMatchObject({ refunded: { amount: 1900, isFull: false } });
    await control().refund(checkoutSessionId);
    await expect
      .poll(() => recordOf(student, checkoutSessionId), SOON)
      .toMatchObject({ refunded: { amount: 4900, isFull: true } });
    expect(await listedFor(student)).toMatchObject([{ amountRefunded: 4900, stage: "enrolled" }]);
    expect(await isEnrolled(student)).toBe(true);
    // What the webhook has heard is no news to the sweep.
    expect(new Set((await operator.sweep(0)).paybacks)).toEqual(new Set(["known"]));
  });

  test("is noticed by the sweep, once, when the webhook has never heard of it", async () => {
    const refunded = await buyer("back-unheard");
    const disputed = await buyer("disputed-unheard");
    await turnKnobs(stack, { dropDeliveries: true });
    await control().refund(refunded.checkoutSessionId);
    await control().openDispute(disputed.checkoutSessionId);
    await turnKnobs(stack, { dropDeliveries: false });

    const { paybacks } = await operator.sweep(0);
    expect(paybacks.filter((outcome) => outcome !== "known").toSorted()).toEqual([
      "dispute-noted",
      "refund-noted",
    ]);
    await expect(recordOf(refunded.student, refunded.checkoutSessionId)).resolves.toMatchObject({
      refunded: { isFull: true },
    });
    expect(new Set((await operator.sweep(0)).paybacks)).toEqual(new Set(["known"]));
  });

  test("is followed from the dispute to its end", async () => {
    const { student, checkoutSessionId } = await buyer("disputed");
    const { id } = await control().openDispute(checkoutSessionId);
    const readStatus = async () => (await recordOf(student, checkoutSessionId))?.["disputed"];
    await expect.poll(readStatus, SOON).toMatchObject({ status: "needs_response" });
    await control().closeDispute(id, "lost");
    await expect.poll(readStatus, SOON).toMatchObject({ status: "lost" });
    expect(await isEnrolled(student)).toBe(true);
  });
});

describe("what a person decides", () => {
  test("is only shown without --yes, and says when nothing was refunded", PATIENT, async () => {
    const { student, checkoutSessionId } = await buyer("only-shown");
    const shown = await operator.run(`npm run ops -- withdraw ${checkoutSessionId} --because "moved away"`);
    expect(shown.stdout).toMatch(/would be decided/);
    expect(shown.stdout).toMatch(/Nothing was refunded: if \$49\.00 is to go back, refund pi_/);
    expect(shown.code).toBe(0);
    expect(await isEnrolled(student)).toBe(true);
    expect(await recordOf(student, checkoutSessionId)).not.toHaveProperty("decision");
  });

  test("moves a place to another student, who then stands for the purchase", PATIENT, async () => {
    const { student, checkoutSessionId } = await buyer("gives-away");
    const receiver = await newStudent("receives", stack);
    const moved = await operator.run(
      `npm run ops -- transfer ${checkoutSessionId} --to ${receiver.email} --because "a colleague takes part" --yes`,
    );
    expect(moved).toMatchObject({ code: 0, stdout: expect.stringContaining("Decided") as string });
    expect([await isEnrolled(student), await isEnrolled(receiver)]).toEqual([false, true]);
    await expect(student.readCheckout(checkoutSessionId)).resolves.toMatchObject({ stage: "withdrawn" });
    expect(await listedFor(receiver)).toMatchObject([{ checkoutSessionId, stage: "enrolled" }]);

    // The money was the first student's; what becomes of it concerns who has the place now.
    await control().refund(checkoutSessionId);
    await expect
      .poll(() => recordOf(receiver, checkoutSessionId), SOON)
      .toMatchObject({ refunded: { isFull: true } });
    await expect(operator.reconcile()).resolves.toMatchObject({ drift: [] });
  });

  test("lets everything stand when it is waived, and nobody is asked again", PATIENT, async () => {
    const { student, checkoutSessionId } = await buyer("goodwill");
    await control().refund(checkoutSessionId);
    await expect.poll(() => recordOf(student, checkoutSessionId), SOON).toHaveProperty("refunded");
    expect((await operator.findPurchase(checkoutSessionId)).next).toMatchObject({ needsPerson: true });
    await operator.run(`npm run ops -- waive ${checkoutSessionId} --because "out of goodwill" --yes`);
    expect((await operator.findPurchase(checkoutSessionId)).next).toMatchObject({ needsPerson: false });
    expect(await isEnrolled(student)).toBe(true);
  });

  test("closes a letter, with its reason on the purchase", PATIENT, async () => {
    const courseId = "CLOSED-1";
    await clients.putItem(courseItem({ ...paidCourse, courseId }));
    const student = await newStudent("given-up", stack);
    const { checkoutSessionId, clientSecret } = await startCheckout(student, courseId);
    await clients.removeItem(`COURSE#${courseId}`, "METADATA");
    await student.payByCard(checkoutSessionId, clientSecret, CARDS.good);
    await expect(endOf(stack, clients, checkoutSessionId)).resolves.toMatchObject({ status: "FAILED" });

    const command = `npm run dead-letters -- close ${checkoutSessionId} --because "settled by phone"`;
    expect((await operator.run(command)).stdout).toMatch(/Nothing was refunded/);
    await expect(operator.run(`${command} --yes`)).resolves.toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Nothing was refunded") as string,
    });
    const { deadLetters, record } = await operator.findPurchase(checkoutSessionId);
    expect(deadLetters).toEqual([]);
    expect(record?.decision).toMatchObject({ kind: "closed", reason: "settled by phone" });
    await expect(student.readCheckout(checkoutSessionId)).resolves.toMatchObject({ stage: "withdrawn" });
  });

  test("stands when the money went back and the return page is opened again, at every hour of a day", {
    timeout: 180_000,
  }, async () => {
    const { student, checkoutSessionId } = await buyer("withdrawn");
    await control().refund(checkoutSessionId);
    await expect.poll(() => recordOf(student, checkoutSessionId), SOON).toHaveProperty("refunded");
    await operator.run(`npm run ops -- withdraw ${checkoutSessionId} --because "refunded" --yes`);
    for (let hours = 0; hours <= 24; hours += 1) {
      await operator.sweep(hours);
      await expect(student.readCheckout(checkoutSessionId)).resolves.toMatchObject({
        enrolled: false,
        stage: "withdrawn",
      });
    }
    expect(await executionsOf(clients, checkoutSessionId)).toHaveLength(1);
    const again = await buy(student, COURSE);
    await endOf(stack, clients, again.checkoutSessionId);
    await expect(student.checkEnrollment(COURSE)).resolves.toMatchObject({
      enrollment: { stripeSessionId: again.checkoutSessionId },
    });
  });
});
