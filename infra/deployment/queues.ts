/** The two queues beside the state machine: how long they keep and hide what is in them, on AWS and locally alike. */

import { OVERFLOW_TRIES } from "#workflow/ports/queues.ts";

/** The function that starts what waits in the overflow queue. */
export const OVERFLOW_CONSUMER = {
  timeoutSeconds: 30,
  batchSize: 10,
  /** What waits there does so because Step Functions is overloaded: come back gently. */
  maxConcurrency: 5,
};

export interface QueueDefinition {
  retentionSeconds: number;
  /** How long a message that was received stays hidden; SQS's 30 seconds unless given. */
  visibilityTimeoutSeconds?: number;
  /** Where a message goes that has been received so often and was not deleted. */
  redrive?: { to: QueueId; maxReceiveCount: number };
}

export type QueueId = "overflowQueue" | "deadLetterQueue";

const FOURTEEN_DAYS_SECONDS = 14 * 24 * 60 * 60;

/** By their key in the deployment's names; a queue stands after the one that it redrives to. */
export const QUEUES = {
  deadLetterQueue: { retentionSeconds: FOURTEEN_DAYS_SECONDS },
  overflowQueue: {
    retentionSeconds: FOURTEEN_DAYS_SECONDS,
    // AWS asks for six times the consumer's: a message must not come back while it is still being worked on.
    visibilityTimeoutSeconds: 6 * OVERFLOW_CONSUMER.timeoutSeconds,
    redrive: { to: "deadLetterQueue", maxReceiveCount: OVERFLOW_TRIES },
  },
} satisfies Record<QueueId, QueueDefinition>;
