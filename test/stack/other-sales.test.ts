import { DescribeExecutionCommand, ExecutionDoesNotExist } from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { executionArn } from "#infra/local/names.ts";
import { findCompletedEvent } from "#infra/local/stand-in-control.ts";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import { buy, newStudent, turnKnobs } from "#test/support/checkouts.ts";
import { useOperator } from "#test/support/operator.ts";
import { SOON, statesOf } from "#test/support/purchase-history.ts";
import { stripeEvent } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const COURSE = "TEST-COURSE-003";

const { stack, clients } = useRunningStack();
const operator = useOperator(stack);

const control = () => createStripeControl(stack.stripeUrl);

/** What the webhook answered to the first delivery, once there was one. */
async function answerTo(eventId: string) {
  await expect
    .poll(async () => (await control().readEvent(eventId)).attempts.length, SOON)
    .toBeGreaterThan(0);
  const { status, responseBody = "" } = (await control().readEvent(eventId)).attempts.at(-1) ?? {};
  return { status, body: JSON.parse(responseBody) as unknown };
}

const expectNoExecution = (eventId: string) =>
  expect(
    clients.sfn.send(new DescribeExecutionCommand({ executionArn: executionArn(eventId) })),
  ).rejects.toThrow(ExecutionDoesNotExist);

test.each([
  ["says nothing of whose it is", {}],
  ["is another deployment's", { metadata: { deployment: "bursar-staging", userId: "u", courseId: COURSE } }],
])("a sale in the same account that %s is nobody's trouble here", async (_what, sale) => {
  const { id } = await control().sellElsewhere(sale);
  const event = await findCompletedEvent(stack.stripeUrl, id);
  await expect(answerTo(event.id)).resolves.toMatchObject({ status: 200, body: { ignored: true } });
  await expectNoExecution(event.id);
  expect(await clients.takeDeadLetters()).toEqual([]);
  expect(await operator.reconcile()).toMatchObject({ drift: [], unreadable: [] });
  const { next } = await operator.findPurchase(id);
  expect(next).toMatchObject({ needsPerson: false, text: expect.stringContaining("not ours") as string });
});

test("what is paid back of a checkout that a tool has opened is noticed by the sweep, of another shop's nothing", async () => {
  const { userId } = await newStudent("sold-by-a-tool", stack);
  const ours = await control().sellElsewhere({ unitAmount: 4900, metadata: { userId, courseId: COURSE } });
  const others = await control().sellElsewhere();
  for (const { id } of [ours, others]) await control().refund(id);
  const { paybacks } = await operator.sweep(0);
  expect(paybacks.toSorted()).toEqual(["ignored", "refund-noted"]);
  expect(await clients.readItem(`USER#${userId}`, `PURCHASE#${ours.id}`)).toMatchObject({
    refunded: { amount: 4900, isFull: true },
  });
});

test.each([
  ["of another account", { code: "foreign_account" }, "sendFromAccount" as const],
  ["that is thin", { code: "thin_event" }, "sendThin" as const],
])("an event %s is refused, says why, and enrolls nobody", async (what, error, send) => {
  const student = await newStudent(what.replaceAll(" ", "-"), stack);
  await turnKnobs(stack, { dropDeliveries: true });
  const { checkoutSessionId } = await buy(student, COURSE);
  const { id } = await findCompletedEvent(stack.stripeUrl, checkoutSessionId);
  await turnKnobs(stack, { dropDeliveries: false });
  const { event } = await control()[send](id, "acct_someone");
  await expect(answerTo(event.id)).resolves.toMatchObject({ status: 400, body: { error } });
  await expectNoExecution(event.id);
  await expect(student.checkEnrollment(COURSE)).resolves.toEqual({ enrolled: false });
});

test("a checkout that expired is closed, also when there was nothing to pay for it", async () => {
  const { userId } = await newStudent("nothing-to-pay", stack);
  const session = {
    id: "cs_test_nothing_to_pay",
    status: "expired",
    payment_status: "no_payment_required",
    client_reference_id: userId,
    metadata: { userId, courseId: COURSE },
  };
  await clients.deliver(stripeEvent({ id: "evt_nothing_to_pay", type: "checkout.session.expired", session }));
  await expect(statesOf(clients, "evt_nothing_to_pay")).resolves.toEqual([
    "ValidateSession",
    "IsPaymentSettled",
    "CloseCheckout",
    "CheckoutClosed",
  ]);
  expect(await clients.readItem(`USER#${userId}`, `ENROLLMENT#${COURSE}`)).toBeUndefined();
});
