/** The overflow queue: does what the webhook could not, or has no time for: starts executions, looks into notices. */
import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as z from "zod/mini";
import { notePayback } from "#workflow/checkout/note-payback.ts";
import { paymentEventSchema } from "#workflow/payment-event.ts";
import { type PaymentNotice, paymentNoticeSchema } from "#workflow/payment-notice.ts";
import { OVERFLOW_TRIES } from "#workflow/ports/queues.ts";
import { beforeDeadline } from "./adapters/in-time.ts";
import { LAST_WORDS_MS } from "./adapters/patience.ts";
import { composeOverflowQueue, type OverflowQueuePorts } from "./composition.ts";
import { overflowQueueSettings, readSettings } from "./config.ts";
import { describeError } from "./error-facts.ts";
import { correlationOf, countMetric, countPayback, createLogger } from "./telemetry.ts";

const logger = createLogger("overflow-queue");

/** A notice waits for no state machine: it is looked into here. */
const messageSchema = z.union([paymentEventSchema, paymentNoticeSchema]);

export function createOverflowQueueConsumer(ports: OverflowQueuePorts) {
  async function act(body: string): Promise<void> {
    const message = messageSchema.parse(JSON.parse(body));
    if ("noticeId" in message) await lookInto(message, ports);
    else logger.info(await ports.executions.startExecution(message), correlationOf(message));
  }

  async function takeRecord(record: SQSRecord, context?: Context): Promise<void> {
    try {
      await beforeDeadline(act(record.body), context, LAST_WORDS_MS, "overflow queue");
    } catch (error) {
      logger.error("left in the queue", { messageId: record.messageId, ...describeError(error) });
      // SQS tells nobody when it moves a message to the dead-letter queue.
      if (Number(record.attributes.ApproximateReceiveCount) >= OVERFLOW_TRIES) countMetric("GivenUp");
      throw error;
    }
  }

  /** Only the messages that failed go back to the queue; after its receive limit SQS moves one to the dead-letter queue. */
  return (event: SQSEvent, context?: Context): Promise<SQSBatchResponse> =>
    processPartialResponse(event, takeRecord, new BatchProcessor(EventType.SQS), {
      ...(context && { context }),
      // One after the other: many starts at once would use up the very quota that the webhook lives on.
      processInParallel: false,
      throwOnFullBatchFailure: false,
    });
}

async function lookInto(notice: PaymentNotice, ports: OverflowQueuePorts): Promise<void> {
  const outcome = await notePayback(notice, ports);
  logger.info(outcome, { eventId: notice.noticeId, eventType: notice.noticeType });
  countPayback(outcome);
}

export const handler = createOverflowQueueConsumer(
  composeOverflowQueue(readSettings(overflowQueueSettings, process.env)),
);
