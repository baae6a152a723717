/** The overflow queue: starts the executions that the webhook could not, under the names that they would have had. */
import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { paymentEventSchema } from "#workflow/payment-event.ts";
import type { Executions } from "#workflow/ports/executions.ts";
import { composeOverflowQueue } from "./composition.ts";
import { overflowQueueSettings, readSettings } from "./config.ts";
import { correlationOf, createLogger, describeError } from "./telemetry.ts";

const logger = createLogger("overflow-queue");

export function createOverflowQueueConsumer({ executions }: { executions: Executions }) {
  async function startFromRecord(record: SQSRecord): Promise<void> {
    try {
      const event = paymentEventSchema.parse(JSON.parse(record.body));
      const outcome = await executions.startExecution(event);
      logger.info(outcome, correlationOf(event));
    } catch (error) {
      logger.error("left in the queue", { messageId: record.messageId, ...describeError(error) });
      throw error;
    }
  }

  /** Only the messages that failed go back to the queue; after its receive limit SQS moves one to the dead-letter queue. */
  return (event: SQSEvent, context?: Context): Promise<SQSBatchResponse> =>
    processPartialResponse(event, startFromRecord, new BatchProcessor(EventType.SQS), {
      ...(context && { context }),
      processInParallel: true,
      throwOnFullBatchFailure: false,
    });
}

export const handler = createOverflowQueueConsumer(
  composeOverflowQueue(readSettings(overflowQueueSettings, process.env)),
);
