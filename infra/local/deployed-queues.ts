/** The two queues as CreateQueue is told of them. */
import { QUEUES, type QueueDefinition, type QueueId } from "#infra/deployment/queues.ts";
import { NAMES, queueArn } from "./names.ts";

/** @param changes what a run has otherwise than deployed, e.g. a game day, whose time goes faster */
export function describeQueues(changes: Partial<Record<QueueId, Partial<QueueDefinition>>> = {}) {
  return Object.entries(QUEUES).map(([id, definition]) => ({
    name: NAMES[id as QueueId],
    attributes: attributesOf({ ...definition, ...changes[id as QueueId] }),
  }));
}

function attributesOf({ retentionSeconds, visibilityTimeoutSeconds, redrive }: QueueDefinition) {
  return {
    MessageRetentionPeriod: String(retentionSeconds),
    ...(visibilityTimeoutSeconds && { VisibilityTimeout: String(visibilityTimeoutSeconds) }),
    ...(redrive && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: queueArn(NAMES[redrive.to]),
        maxReceiveCount: redrive.maxReceiveCount,
      }),
    }),
  };
}
