import type { SQSRecord } from "aws-lambda";
import { expect, test } from "vitest";
import { createOverflowQueueConsumer } from "#handlers/overflow-queue.ts";
import { createInMemoryStores } from "#test/support/in-memory-stores.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import { createProvider } from "#test/support/payment-provider.ts";

const record = (messageId: string, body: string) =>
  ({
    messageId,
    body,
    eventSource: "aws:sqs",
    attributes: {},
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
