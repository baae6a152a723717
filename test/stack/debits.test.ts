import { describe, expect, test } from "vitest";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { followExecution } from "#infra/local/follow-execution.ts";
import { IBANS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import { buy, newStudent, payByDebit, startCheckout, turnKnobs } from "#test/support/checkouts.ts";
import { student as someStudent } from "#test/support/payment-events.ts";
import { deadLettersOf, eventsOf, SOON, statesOf } from "#test/support/purchase-history.ts";
import { stripeEvent } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const COURSE = "TEST-COURSE-003";

const { stack, clients } = useRunningStack();

describe("a payment that the bank takes its time for", () => {
  test("is processing until the money arrives under another event, and then enrolls", async () => {
    await turnKnobs(stack, { asyncPaymentDelayMs: 600_000 });
    const student = await newStudent("debit-pays", stack);
    const checkout = await startCheckout(student, COURSE);
    await payByDebit(stack, checkout, IBANS.paying);
    const readStage = async () => (await student.readCheckout(checkout.checkoutSessionId)).stage;
    await expect(readStage()).resolves.toBe("processing");
    await expect(student.enroll(COURSE)).rejects.toThrow(/409.*already on its way/);
    await createStripeControl(stack.stripeUrl).decideDebit(checkout.checkoutSessionId);
    await expect.poll(readStage, SOON).toBe("enrolled");

    const [completed, succeeded] = await eventsOf(stack, checkout.checkoutSessionId);
    expect([completed?.type, succeeded?.type]).toEqual([
      "checkout.session.completed",
      "checkout.session.async_payment_succeeded",
    ]);
    await expect(statesOf(clients, completed?.id ?? "")).resolves.toContain("AwaitingPayment");
    await expect(statesOf(clients, succeeded?.id ?? "")).resolves.toContain("Enrolled");
  });

  test("that the bank refuses closes the checkout, and the student can start again", async () => {
    await turnKnobs(stack, { asyncPaymentDelayMs: 0 });
    const student = await newStudent("debit-fails", stack);
    const first = await startCheckout(student, COURSE);
    await payByDebit(stack, first, IBANS.failing);
    await expect
      .poll(() => clients.readItem(`USER#${student.userId}`, `CHECKOUT#${COURSE}`), SOON)
      .toHaveProperty("closedAt");
    await expect
      .poll(() => student.readCheckout(first.checkoutSessionId), SOON)
      .toMatchObject({
        stage: "expired",
        enrolled: false,
      });

    const second = await buy(student, COURSE);
    expect(second.checkoutSessionId).not.toBe(first.checkoutSessionId);
    await expect
      .poll(() => student.readCheckout(second.checkoutSessionId), SOON)
      .toMatchObject({ stage: "enrolled" });
    await expect(deadLettersOf(clients, first.checkoutSessionId)).resolves.toEqual([]);
  });

  test("arriving in any order, with a twin of every event, gives one enrollment and no failure", async () => {
    const orders = [
      ["completed", "succeeded", "twin"],
      ["completed", "twin", "succeeded"],
      ["succeeded", "completed", "twin"],
      ["succeeded", "twin", "completed"],
      ["twin", "completed", "succeeded"],
      ["twin", "succeeded", "completed"],
    ];
    await Promise.all(
      orders.map(async (order, index) => {
        const userId = `user-order-${index}`;
        const Item = studentItem({ ...someStudent, userId });
        await clients.putItem(Item);
        const session = {
          id: `cs_test_order_${index}`,
          client_reference_id: userId,
          metadata: { userId, courseId: COURSE },
          customer: `cus_order_${index}`,
        };
        const ids = order.map((what) => `evt_order_${index}_${what}`);
        for (const [position, what] of order.entries()) {
          const payload = stripeEvent({
            id: ids[position] ?? "",
            type: `checkout.session.${what === "completed" ? "completed" : "async_payment_succeeded"}`,
            session: { ...session, payment_status: what === "completed" ? "unpaid" : "paid" },
          });
          for (const _delivery of [1, 2])
            await expect(clients.postWebhook(payload)).resolves.toMatchObject({ status: 200 });
        }
        const executions = ids.map((id) => followExecution(clients.sfn, id));
        expect((await Promise.all(executions)).map(({ status }) => status)).toEqual(
          order.map(() => "SUCCEEDED"),
        );
        await expect(clients.readItem(`USER#${userId}`, `ENROLLMENT#${COURSE}`)).resolves.toMatchObject({
          stripeSessionId: session.id,
        });
      }),
    );
  });
});
