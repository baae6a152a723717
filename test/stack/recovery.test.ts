import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DescribeExecutionCommand } from "@aws-sdk/client-sfn";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { executionArn, followExecution } from "#infra/local/follow-execution.ts";
import { REGION, STRIPE_SECRET_ID, TABLE_NAME } from "#infra/local/names.ts";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { CARDS, IBANS } from "#infra/local/stripe/checkout/test-numbers.ts";
import {
  buy,
  newStudent,
  openSessionElsewhere,
  payByDebit,
  startCheckout,
  turnKnobs,
} from "#test/support/checkouts.ts";
import { student as someStudent } from "#test/support/payment-events.ts";
import type { RunningStack } from "#test/support/running-stack.ts";
import type { StackClients } from "#test/support/stack-clients.ts";
import { sign, stripeEvent } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const COURSE = "TEST-COURSE-003";

let stack: RunningStack;
let clients: StackClients;

useRunningStack((running, itsClients) => {
  stack = running;
  clients = itsClients;
});

/** The names of the states that the execution went through, once it is over. */
async function statesOf(executionName: string): Promise<string[]> {
  const states: string[] = [];
  await followExecution(clients.sfn, executionName, (name) => states.push(name));
  return states;
}

/** What happened to the session, in the order in which it happened. */
async function eventsOf(checkoutSessionId: string) {
  const found: { id: string; type: string }[] = [];
  for await (const { id, type, data } of createStandInClient(stack.stripeUrl).events.list({ limit: 100 })) {
    if ("id" in data.object && data.object.id === checkoutSessionId) found.unshift({ id, type });
  }
  return found;
}

/** Milliseconds; the machine may be busy with other tests. */
const SOON = { timeout: 15_000, interval: 50 };
const deadLettersOf = async (checkoutSessionId: string) =>
  (await clients.takeDeadLetters()).filter((letter) => letter.checkoutSessionId === checkoutSessionId);

describe("a payment that the bank takes its time for", () => {
  test("is processing until the money arrives under another event, and then enrolls", async () => {
    await turnKnobs(stack, { asyncPaymentDelayMs: 3_000 });
    const student = await newStudent("debit-pays", stack);
    const checkout = await startCheckout(student, COURSE);
    await payByDebit(stack, checkout, IBANS.paying);
    const readStage = async () => (await student.readCheckout(checkout.checkoutSessionId)).stage;
    await expect(readStage()).resolves.toBe("processing");
    await expect(student.enroll(COURSE)).rejects.toThrow(/409.*already on its way/);
    await expect.poll(readStage, SOON).toBe("enrolled");

    const [completed, succeeded] = await eventsOf(checkout.checkoutSessionId);
    expect([completed?.type, succeeded?.type]).toEqual([
      "checkout.session.completed",
      "checkout.session.async_payment_succeeded",
    ]);
    await expect(statesOf(completed?.id ?? "")).resolves.toContain("AwaitingPayment");
    await expect(statesOf(succeeded?.id ?? "")).resolves.toContain("Enrolled");
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
    await expect(deadLettersOf(first.checkoutSessionId)).resolves.toEqual([]);
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
        await clients.table.client.send(new PutCommand({ TableName: TABLE_NAME, Item }));
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
        const executions = ids.map((id) => followExecution(clients.sfn, id, () => {}));
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

describe("a checkout that ends without a payment", () => {
  test("is closed when it expires, and the next one is another", async () => {
    const student = await newStudent("expires", stack);
    const { checkoutSessionId } = await startCheckout(student, COURSE);
    await createStandInClient(stack.stripeUrl).checkout.sessions.expire(checkoutSessionId);
    await expect
      .poll(() => clients.readItem(`USER#${student.userId}`, `CHECKOUT#${COURSE}`), SOON)
      .toHaveProperty("closedAt");
    const [expired] = await eventsOf(checkoutSessionId);
    await expect(statesOf(expired?.id ?? "")).resolves.toEqual([
      "ValidateSession",
      "IsPaymentSettled",
      "CloseCheckout",
      "CheckoutClosed",
    ]);
    const next = await startCheckout(student, COURSE);
    expect(next.checkoutSessionId).not.toBe(checkoutSessionId);
    // The late news of the old one must not close the new one.
    await clients.postWebhook(
      stripeEvent({
        id: "evt_late_expiry",
        type: "checkout.session.expired",
        session: {
          id: checkoutSessionId,
          payment_status: "unpaid",
          metadata: { userId: student.userId, courseId: COURSE },
        },
      }),
    );
    await expect(statesOf("evt_late_expiry")).resolves.toContain("CheckoutClosed");
    await expect(startCheckout(student, COURSE)).resolves.toEqual(next);
  });

  test.each([
    ["none", {}],
    ["an odd course", { userId: "user-ada", courseId: "漢".repeat(500) }],
    ["somebody else's", { userId: "user-grace", courseId: COURSE }],
  ])("raises no alarm when its metadata is %s", async (what, metadata) => {
    const id = `evt_odd_${what.replaceAll(/\W/g, "_")}`;
    const session = { id: `cs_test_${id}`, payment_status: "unpaid", status: "expired", metadata };
    await clients.postWebhook(stripeEvent({ id, type: "checkout.session.expired", session }));
    await expect(statesOf(id)).resolves.toContain("CheckoutClosed");
    await expect(
      clients.sfn.send(new DescribeExecutionCommand({ executionArn: executionArn(id) })),
    ).resolves.toMatchObject({ status: "SUCCEEDED" });
  });
});

describe("a webhook that never arrives", () => {
  test("is made up for by the student's return page, in seconds", async () => {
    const student = await newStudent("lost-webhook", stack);
    const checkout = await startCheckout(student, COURSE);
    await turnKnobs(stack, { dropDeliveries: true });
    await student.payByCard(checkout.checkoutSessionId, checkout.clientSecret, CARDS.good);
    await turnKnobs(stack, { dropDeliveries: false });

    await expect(student.readCheckout(checkout.checkoutSessionId)).resolves.toMatchObject({
      status: "complete",
      paymentStatus: "paid",
      courseId: COURSE,
      enrolled: false,
      stage: "paid",
    });
    await expect
      .poll(() => student.readCheckout(checkout.checkoutSessionId), SOON)
      .toMatchObject({ stage: "enrolled" });
    await expect(statesOf(checkout.checkoutSessionId)).resolves.toEqual([
      "ValidateSession",
      "IsPaymentSettled",
      "WriteEnrollment",
      "LinkCustomer",
      "Enrolled",
    ]);
    expect((await student.readStudent()).stripeCustomerId).toMatch(/^cus_/);

    // The webhook comes after all: the same purchase, and nothing to do.
    const [completed] = await eventsOf(checkout.checkoutSessionId);
    await fetch(`${stack.stripeUrl}/_bursar/events/${completed?.id}/resend`, { method: "POST" });
    await expect(statesOf(completed?.id ?? "")).resolves.toContain("Enrolled");
  });
});

describe("a course that is paid twice", () => {
  test("leaves a dead letter with both payments, and the student sees that it was noticed", async () => {
    const student = await newStudent("pays-twice", stack);
    const first = await buy(student, COURSE);
    await expect
      .poll(() => student.readCheckout(first.checkoutSessionId), SOON)
      .toMatchObject({ stage: "enrolled" });
    const second = await openSessionElsewhere(stack, student.userId, COURSE);
    await student.payByCard(second.checkoutSessionId, second.clientSecret, CARDS.good);

    await expect
      .poll(() => student.readCheckout(second.checkoutSessionId), SOON)
      .toMatchObject({
        stage: "needs_attention",
        enrolled: true,
      });
    const { checkout } = createStandInClient(stack.stripeUrl);
    const paymentOf = async ({ checkoutSessionId }: typeof first) =>
      (await checkout.sessions.retrieve(checkoutSessionId)).payment_intent as string;
    await statesOf((await eventsOf(second.checkoutSessionId))[0]?.id ?? "");
    const [letter] = await deadLettersOf(second.checkoutSessionId);
    expect(letter).toMatchObject({ error: "DoublePayment", userId: student.userId, courseId: COURSE });
    expect(letter?.cause).toContain(await paymentOf(first));
    expect(letter?.cause).toContain(await paymentOf(second));
    await expect(student.readCheckout(first.checkoutSessionId)).resolves.toMatchObject({ stage: "enrolled" });
  });

  test("is prevented where it can be: the other open session is expired at Stripe", async () => {
    const student = await newStudent("two-sessions", stack);
    const left = await startCheckout(student, COURSE);
    const paid = await openSessionElsewhere(stack, student.userId, COURSE);
    await student.payByCard(paid.checkoutSessionId, paid.clientSecret, CARDS.good);
    const { checkout } = createStandInClient(stack.stripeUrl);
    await expect
      .poll(async () => (await checkout.sessions.retrieve(left.checkoutSessionId)).status, SOON)
      .toBe("expired");
    await expect(student.enroll(COURSE)).resolves.toMatchObject({ status: "active" });
  });
});

test("a signing secret is rotated while events flow, and no delivery is refused", async () => {
  const manager = new SecretsManagerClient({
    endpoint: stack.awsUrl,
    region: REGION,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const store = (signingSecrets: string[]) =>
    manager.send(
      new PutSecretValueCommand({
        SecretId: STRIPE_SECRET_ID,
        SecretString: JSON.stringify({
          STRIPE_SECRET_KEY: STAND_IN_STRIPE.secretKey,
          STRIPE_PUBLISHABLE_KEY: STAND_IN_STRIPE.publishableKey,
          STRIPE_WEBHOOK_SECRET: signingSecrets,
        }),
      }),
    );
  const old = STAND_IN_STRIPE.webhookSecret;
  const next = "whsec_rotated";
  let signWith = old;
  const flow = { isOver: false };
  const statuses: number[] = [];
  async function deliver(courier: number) {
    for (let number = 0; !flow.isOver; number += 1) {
      const id = `evt_rotation_${courier}_${number}`;
      const payload = stripeEvent({
        id,
        type: "checkout.session.expired",
        session: { id: `cs_test_${id}`, payment_status: "unpaid" },
      });
      statuses.push((await clients.postWebhook(payload, sign(payload, signWith))).status);
    }
  }
  const flowsOn = async () => {
    const before = statuses.length;
    await expect.poll(() => statuses.length, { timeout: 15_000 }).toBeGreaterThan(before + 20);
  };

  const couriers = [1, 2, 3].map(deliver);
  await flowsOn();
  // A forgery just before makes the handler read the secret; what it read is no excuse for what comes next.
  const forged = await clients.postWebhook("{}", sign("{}", "whsec_forged"));
  expect(forged.status).toBe(400);
  await store([next, old]);
  await flowsOn();
  signWith = next;
  await flowsOn();
  await store([next]);
  await flowsOn();
  flow.isOver = true;
  await Promise.all(couriers);
  await store([old]);
  manager.destroy();
  expect(new Set(statuses)).toEqual(new Set([200]));
});
