/** What stands in the running stack's table and at its Stripe before services begin to hang. */
import { createOpenCheckoutStore } from "#handlers/adapters/dynamodb/open-checkouts.ts";
import { createPurchaseStore } from "#handlers/adapters/dynamodb/purchases.ts";
import { deleteItem, keys, type Table } from "#handlers/adapters/dynamodb/table.ts";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { buy, newStudent } from "#test/support/checkouts.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import { endOf } from "#test/support/purchase-history.ts";
import type { RunningStack } from "#test/support/running-stack.ts";
import type { StackClients } from "#test/support/stack-clients.ts";
import type { Scene } from "./cases.ts";

const COURSE = "TEST-COURSE-003";

export async function setScene(stack: RunningStack, clients: StackClients): Promise<Scene> {
  const { table } = clients;
  const student = await newStudent("hanging", stack);
  const { checkoutSessionId } = await buy(student, COURSE);
  await endOf(stack, clients, checkoutSessionId);
  const stripe = createStandInClient(stack.stripeUrl);
  const { payment_intent: paymentIntentId } = await stripe.checkout.sessions.retrieve(checkoutSessionId);
  const paid = { userId: student.userId, checkoutSessionId };
  await noteSettledLongAgo(paid, table);
  await deleteItem(table, keys.enrollment(student.userId, COURSE));

  const twice = { userId: "user-hanging-twice", courseId: COURSE };
  const other = { ...twice, checkoutSessionId: "cs_hanging_other", attempt: 1 };
  await createOpenCheckoutStore(table).replaceOpenCheckout(other, undefined);
  await noteFailing({ ...twice, checkoutSessionId: "cs_hanging_failing" }, table);
  return { paid: { ...paid, paymentIntentId: paymentIntentId as string }, twice };
}

/** So that whoever follows the purchase looks for its execution at once. */
async function noteSettledLongAgo(
  { userId, checkoutSessionId }: { userId: string; checkoutSessionId: string },
  table: Table,
): Promise<void> {
  const ids = { userId, checkoutSessionId, courseId: COURSE };
  const event = paymentEvent({ eventId: checkoutSessionId, clientReferenceId: userId, ...ids });
  await createPurchaseStore(table).noteSettlement(ids, event, "2026-01-01T12:00:00.000Z");
}

/** So that whoever sweeps asks what became of its execution. */
async function noteFailing(
  ids: { userId: string; checkoutSessionId: string; courseId: string },
  table: Table,
): Promise<void> {
  const event = paymentEvent({ eventId: "evt_hanging_failing", clientReferenceId: ids.userId, ...ids });
  const failure = { executionName: event.eventId, isFinal: false };
  await createPurchaseStore(table).noteFailure(ids, event, failure, "2026-01-01T12:00:00.000Z");
}
