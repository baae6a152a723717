/** What is measured of a stack on one machine, by its parts and by asking its queues. */
import { countMessages, createQueueClient } from "#handlers/adapters/sqs/queues.ts";
import { type CountedMetric, metricsChannel } from "#handlers/metrics-channel.ts";
import {
  ANSWERS,
  type AnswerId,
  type FunctionId,
  type MetricName,
  splitMetric,
} from "#infra/deployment/metrics.ts";
import { QUEUES, type QueueId } from "#infra/deployment/queues.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import type { MeasuredDeployment } from "#infra/operate/alarms/alarm-watch.ts";
import type { Route } from "../http-api/match-route.ts";
import { NAMES, queueUrl } from "../names.ts";
import { awsOf, type StackPlace } from "../stack-options.ts";
import { createMetricStore } from "./metric-store.ts";

export interface MeasuredStack extends MeasuredDeployment {
  record(metric: MetricName, value?: number): void;
  recordAnswer(answer: Answer): void;
  close(): void;
}

interface Answer {
  /** Undefined: no route has such a path. */
  access: Route["access"] | undefined;
  status: number;
}

/** @param functions those that run here; of others nothing is known */
export function measureStack(
  stack: Pick<StackPlace, "awsUrl" | "accessKey">,
  functions: FunctionId[],
): MeasuredStack {
  const store = createMetricStore((metric) => isMeasured(metric, functions));
  const queues = createQueueClient(awsClientConfig(awsOf(stack)));
  const onCounted = (message: unknown) => {
    const { name, count } = message as CountedMetric;
    store.record(`counted:${name}`, count);
  };
  metricsChannel.subscribe(onCounted);

  return {
    ...store,
    recordAnswer(answer) {
      for (const id of answersLike(answer)) store.record(`answers:${id}`);
    },
    async sample() {
      for (const id of Object.keys(QUEUES) as QueueId[]) {
        const { visible, hidden } = await countMessages(queueUrl(stack.awsUrl, NAMES[id]), queues);
        store.record(`visible:${id}`, visible);
        store.record(`inFlight:${id}`, hidden);
      }
    },
    close() {
      metricsChannel.unsubscribe(onCounted);
      queues.destroy();
    },
  };
}

function isMeasured(metric: MetricName, functions: FunctionId[]): boolean {
  const [kind, of] = splitMetric(metric);
  return !["errors", "throttles", "crashes"].includes(kind) || functions.includes(of as FunctionId);
}

/** As the filters over the access log find them on AWS. */
function answersLike({ access, status }: Answer): AnswerId[] {
  const isFrom = { stripe: access === "stripe", students: access !== "stripe", anybody: true };
  return (Object.keys(ANSWERS) as AnswerId[]).filter((id) => {
    const wanted = ANSWERS[id];
    return isFrom[wanted.access] && new RegExp(`^${wanted.status.replace("*", "..")}$`).test(String(status));
  });
}
