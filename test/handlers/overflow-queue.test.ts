import type { SQSRecord } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { createOverflowQueueConsumer } from "#handlers/overflow-queue.ts";
import { createInMemoryStores } from "#test/support/in-memory-stores.ts";
import { paymentEvent, paymentNotice } from "#test/support/payment-events.ts";
import { createProvider } from "#test/support/payment-provider.ts";
import { NOON, paidSession } from "#test/support/purchases.ts";
import type { PaymentNotice } from "#workflow/payment-notice.ts";
import { OVERFLOW_TRIES } from "#workflow/ports/queues.ts";
import { useMetrics } from "./use-metrics.ts";

const counted = useMetrics();

const record = (messageId: string, body: string, received = 1) =>
  ({
    messageId,
    body,
    eventSource: "aws:sqs",
    attributes: { ApproximateReceiveCount: String(received) },
    messageAttributes: {},
  }) as unknown as SQSRecord;

function createConsumer() {
  const started: string[] = [];
  const stores = createInMemoryStores();
  const payments = createProvider();
  const consumer = createOverflowQueueConsumer({
    payments,
    purchases: stores,
    executions: {
      async startExecution(event) {
        if (event.eventId === "evt_throttled") throw new Error("throttled");
        started.push(event.eventId);
        return "started";
      },
    },
  });
  return { consumer, started, payments, stores };
}

test("every message starts the execution of its event", async () => {
  const { consumer, started } = createConsumer();
  const messages = ["evt_1", "evt_2"].map((eventId) =>
    record(eventId, JSON.stringify(paymentEvent({ eventId }))),
  );
  await expect(consumer({ Records: messages })).resolves.toEqual({ batchItemFailures: [] });
  expect(started).toEqual(["evt_1", "evt_2"]);
});

test("what fails for the last time is counted as given up, before SQS moves it without a word", async () => {
  const { consumer } = createConsumer();
  const failing = JSON.stringify(paymentEvent({ eventId: "evt_throttled" }));
  await consumer({ Records: [record("m1", failing, OVERFLOW_TRIES - 1)] });
  expect(counted()).toEqual([]);
  await consumer({ Records: [record("m1", failing, OVERFLOW_TRIES)] });
  expect(counted()).toEqual(["GivenUp"]);
});

test("only the messages that failed go back to the queue", async () => {
  const { consumer, started } = createConsumer();
  const messages = [
    record("m1", JSON.stringify(paymentEvent({ eventId: "evt_throttled" }))),
    record("m2", JSON.stringify(paymentEvent({ eventId: "evt_2" }))),
    record("m3", "garbage"),
    record("m4", "{}"),
  ];
  const { batchItemFailures } = await consumer({ Records: messages });
  expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()).toEqual(["m1", "m3", "m4"]);
  expect(started).toEqual(["evt_2"]);
});

test("a batch in which all failed goes back whole instead of failing the function", async () => {
  const { consumer } = createConsumer();
  await expect(consumer({ Records: [record("m1", "garbage")] })).resolves.toEqual({
    batchItemFailures: [{ itemIdentifier: "m1" }],
  });
});

describe("news of money that goes back", () => {
  const notice = (overrides: Partial<PaymentNotice> = {}) =>
    JSON.stringify(paymentNotice({ occurredAt: NOON, ...overrides }));
  const take = async (body: string, { consumer, payments, stores } = createConsumer()) => {
    payments.sessions.set("cs_test_1", paidSession());
    const answer = await consumer({ Records: [record("m1", body)] });
    return { failed: answer.batchItemFailures.length, stores };
  };

  test("is noted on the purchase and counted for the alarm", async () => {
    const { failed, stores } = await take(notice());
    expect(failed).toBe(0);
    expect([...stores.purchases.values()]).toMatchObject([{ refunded: { amount: 4900, isFull: true } }]);
    expect(counted()).toEqual(["RefundNoticed"]);
  });

  test("of a dispute is counted by its own name", async () => {
    const dispute = {
      noticeType: "charge.dispute.created",
      amountRefunded: null,
      disputeStatus: "needs_response",
    } as const;
    await take(notice(dispute));
    expect(counted()).toEqual(["DisputeNoticed"]);
  });

  test("that is heard twice is counted once", async () => {
    const consumer = createConsumer();
    await take(notice(), consumer);
    await take(notice(), consumer);
    expect(counted()).toEqual(["RefundNoticed"]);
  });

  test("of somebody else's sale is done with and counted as nothing", async () => {
    const { failed, stores } = await take(notice({ paymentIntentId: "pi_other" }));
    expect(failed).toBe(0);
    expect(stores.purchases.size).toBe(0);
    expect(counted()).toEqual([]);
  });

  test("goes back to the queue while the payment provider is away", async () => {
    const consumer = createConsumer();
    consumer.payments.findCheckoutByPayment = () => Promise.reject(new Error("Stripe is away"));
    await expect(take(notice(), consumer)).resolves.toMatchObject({ failed: 1 });
  });
});
