/** SQS purges a queue once in a minute. */
import { SqsError } from "./sqs-error.ts";

const PAUSE_SECONDS = 60;

export function createPurges() {
  const begunAt = new Map<string, number>();
  return {
    /** @throws SqsError when the last one is less than a minute ago */
    begin(queueName: string): void {
      const last = begunAt.get(queueName) ?? Number.NEGATIVE_INFINITY;
      if (Date.now() - last < PAUSE_SECONDS * 1_000)
        throw new SqsError(
          "PurgeQueueInProgress",
          `Only one PurgeQueue operation on ${queueName} is allowed every ${PAUSE_SECONDS} seconds.`,
        );
      begunAt.set(queueName, Date.now());
    },
  };
}
