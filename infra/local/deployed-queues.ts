/** The two queues as CreateQueue is told of them. */
import { QUEUES, type QueueDefinition, type QueueId } from "#infra/deployment/queues.ts";
import { NAMES, queueArn } from "./names.ts";

/** @param overflowVisibilitySeconds for stacks whose time goes faster; as deployed unless given */
export function describeQueues(
  overflowVisibilitySeconds: number = QUEUES.overflowQueue.visibilityTimeoutSeconds,
) {
  const queues: Record<QueueId, QueueDefinition> = {
    ...QUEUES,
    overflowQueue: { ...QUEUES.overflowQueue, visibilityTimeoutSeconds: overflowVisibilitySeconds },
  };
  return Object.entries(queues).map(([id, definition]) => ({
    name: NAMES[id as QueueId],
    attributes: attributesOf(definition),
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
