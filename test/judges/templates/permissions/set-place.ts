/** What stands in the running stack before its functions are asked: purchases at every stage that leads another way. */
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createOpenCheckoutStore } from "#handlers/adapters/dynamodb/open-checkouts.ts";
import { createPurchaseStore } from "#handlers/adapters/dynamodb/purchases.ts";
import { deleteItem, keys } from "#handlers/adapters/dynamodb/table.ts";
import { followExecution } from "#infra/local/follow-execution.ts";
import { SIGNING_SECRET_ID } from "#infra/local/names.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { buy, newStudent, turnKnobs } from "#test/support/checkouts.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import { endOf } from "#test/support/purchase-history.ts";
import { decision, settledPurchase } from "#test/support/purchases.ts";
import type { RunningStack } from "#test/support/running-stack.ts";
import { createStackClients, type StackClients } from "#test/support/stack-clients.ts";
import { purchaseEvent } from "#test/support/stripe-events.ts";
import type { Purchase } from "#workflow/purchase.ts";

export const COURSE = "TEST-COURSE-003";
const LONG_AGO = "2026-01-01T12:00:00.000Z";

interface Bought {
  userId: string;
  checkoutSessionId: string;
  paymentIntentId: string;
  /** Of the execution that its event has started, if one has. */
  eventId: string;
}

export type Place = Awaited<ReturnType<typeof setPlace>>;

export async function setPlace(stack: RunningStack) {
  const clients = createStackClients(stack);
  const put = (purchase: Purchase) =>
    clients.putItem({ ...keys.purchase(purchase.userId, purchase.checkoutSessionId), ...purchase });
  const settled = (name: string, more: Partial<Purchase> = {}) => {
    const userId = `user-judged-${name}`;
    const ids = { userId, courseId: COURSE, checkoutSessionId: `cs_judged_${name}` };
    const settlement = paymentEvent({ ...ids, clientReferenceId: userId, eventId: `evt_judged_${name}` });
    return settledPurchase({ ...ids, settlement, settledSeenAt: LONG_AGO, ...more });
  };
  const lost = settled("lost");
  const barred = settled("barred", { decision: decision() });
  const bySteps = settled("earlier");
  const [bought, byConsumer] = [
    await buyOne("bought", stack, clients),
    await buyOne("earlier", stack, clients),
  ];
  // It is to look for its own execution again.
  await deleteItem(clients.table, keys.enrollment(bought.userId, COURSE));
  const { settlement, ...rest } = settled("bought", bought);
  await put({ ...rest, ...bought, settlement: { ...(settlement ?? paymentEvent()), ...bought } });
  await Promise.all([lost, barred].map(put));
  await rememberAsBefore([bySteps, { ...settled("earlier", byConsumer), ...byConsumer }], clients);
  await openAnother("user-judged-other", clients);
  const failed = await failOne(clients);
  await leaveToSweep(
    { failing: settled("failing"), decided: settled("decided") },
    failed.event.eventId,
    clients,
  );
  // Its event comes to nobody.
  await turnKnobs(stack, { dropDeliveries: true });
  await buy(await newStudent("judged-dropped", stack), COURSE);
  await turnKnobs(stack, { dropDeliveries: false });
  return { lost, barred, bySteps, bought, byConsumer, failed, outdate: () => outdate(stack) };
}

async function buyOne(name: string, stack: RunningStack, clients: StackClients): Promise<Bought> {
  const student = await newStudent(`judged-${name}`, stack);
  const { checkoutSessionId } = await buy(student, COURSE);
  const { name: eventId = "" } = await endOf(stack, clients, checkoutSessionId);
  const session = await createStandInClient(stack.stripeUrl).checkout.sessions.retrieve(checkoutSessionId);
  const paymentIntentId = session.payment_intent as string;
  return { userId: student.userId, checkoutSessionId, paymentIntentId, eventId };
}

/** As an earlier version did, which had no purchases. */
async function rememberAsBefore(purchases: Purchase[], clients: StackClients): Promise<void> {
  for (const { userId, courseId, checkoutSessionId, settlement, settledSeenAt } of purchases) {
    await deleteItem(clients.table, keys.purchase(userId, checkoutSessionId));
    const SK = `SETTLED#${checkoutSessionId}`;
    const ids = { userId, courseId, checkoutSessionId };
    await clients.putItem({ PK: `USER#${userId}`, SK, ...ids, settlement, settledSeenAt });
  }
}

async function openAnother(userId: string, { table }: StackClients): Promise<void> {
  const other = { userId, courseId: COURSE, checkoutSessionId: "cs_judged_open", attempt: 1 };
  await createOpenCheckoutStore(table).replaceOpenCheckout(other, undefined);
}

/** An execution that no redrive mends. */
async function failOne(clients: StackClients) {
  const body = purchaseEvent("judged-failed", { courseId: "TEST-COURSE-404" });
  await clients.deliver(body);
  await followExecution(clients.sfn, "evt_judged-failed");
  return { body, event: paymentEvent({ eventId: "evt_judged-failed" }) };
}

async function leaveToSweep(
  { failing, decided }: Record<"failing" | "decided", Purchase>,
  executionName: string,
  { table, putItem }: StackClients,
): Promise<void> {
  const purchases = createPurchaseStore(table);
  const event = failing.settlement ?? paymentEvent();
  await purchases.noteFailure(failing, event, { executionName, isFinal: false }, LONG_AGO);
  await putItem({ ...keys.purchase(decided.userId, decided.checkoutSessionId), ...decided });
  await purchases.decide(decided, decision());
}

/** The webhook's own secret is behind the one that people write. */
async function outdate(stack: RunningStack): Promise<void> {
  const client = new SecretsManagerClient(awsClientConfig(awsOf(stack)));
  const outdated = { SecretId: SIGNING_SECRET_ID, SecretString: "{}" };
  await client.send(new PutSecretValueCommand(outdated));
  client.destroy();
}
