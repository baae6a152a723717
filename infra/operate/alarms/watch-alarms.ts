/** Watches the alarms of a deployment on one machine, by its executions, its queues and its payment provider's deliveries. */
import type { AwsPlace } from "#handlers/adapters/aws-client.ts";
import { countMessages, createQueueClient } from "#handlers/adapters/sqs/queues.ts";
import type { ExecutionLookup } from "#handlers/adapters/step-functions/execution-lookup.ts";
import type { StripeDeliveries } from "../records/stripe-deliveries.ts";
import { type AlarmWatch, type AlarmWatchOptions, startAlarmWatch } from "./alarm-watch.ts";
import { createMeasurements } from "./measure.ts";

interface WatchedDeployment {
  aws: AwsPlace;
  executions: Pick<ExecutionLookup, "listExecutions">;
  countDeadLetters: () => Promise<number>;
  overflowQueueUrl: string;
  /** Undefined: Stripe itself, which tells its deliveries to nobody. */
  deliveries: StripeDeliveries | undefined;
}

export function watchAlarms(
  { aws, executions, countDeadLetters, overflowQueueUrl, deliveries }: WatchedDeployment,
  pace: Omit<AlarmWatchOptions, "measure"> = {},
): AlarmWatch {
  const queues = createQueueClient(aws);
  return startAlarmWatch({
    ...pace,
    measure: createMeasurements({
      executions,
      countDeadLetters,
      countOverflow: async () => (await countMessages(overflowQueueUrl, queues)).all,
      listDeliveries: deliveries && (async () => (await deliveries.listDeliveries()).deliveries),
    }),
  });
}
