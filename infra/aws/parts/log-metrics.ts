/** What is counted in logs that no handler writes: the HTTP API's access log, and that of the executions. */
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern, type IFilterPattern, type ILogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { ANSWERS, type AnswerId, type MetricName } from "#infra/deployment/metrics.ts";
import { ROUTES } from "#workflow/contract.ts";

interface LogMetricsProps {
  deploymentName: string;
  accessLog: ILogGroup;
  executionLog: ILogGroup;
}

/** Construct id and the metric's name after the deployment's. */
const ANSWER_NAMES: Record<AnswerId, [id: string, metricName: string]> = {
  webhook5xx: ["Webhook5xx", "webhook-5xx"],
  api5xx: ["Api5xx", "api-5xx"],
  tooManyRequests: ["TooManyRequests429", "too-many-requests"],
};

export function createLogMetrics(
  scope: Construct,
  { deploymentName, accessLog, executionLog }: LogMetricsProps,
): (name: MetricName) => Metric {
  const create = (id: string, metricName: string, logGroup: ILogGroup, filterPattern: IFilterPattern) =>
    new MetricFilter(scope, id, {
      logGroup,
      filterPattern,
      metricNamespace: "Bursar",
      metricName: `${deploymentName}-${metricName}`,
    }).metric();

  const answers = Object.entries(ANSWER_NAMES).map(
    ([answerId, [id, metricName]]) =>
      [`answers:${answerId}`, create(id, metricName, accessLog, patternOf(answerId as AnswerId))] as const,
  );
  const metrics = new Map<string, Metric>([
    ...answers,
    ["lettersSent", create("DeadLettered", "dead-lettered", executionLog, LETTER_SENT)],
  ]);
  return (name) => {
    const metric = metrics.get(name);
    if (!metric) throw new Error(`no log is searched for ${name}`);
    return metric;
  };
}

/** A sending that failed and was caught leaves its state, too; only one that succeeded is a letter. */
const LETTER_SENT = FilterPattern.all(
  FilterPattern.stringValue("$.type", "=", "TaskSucceeded"),
  FilterPattern.stringValue("$.details.resourceType", "=", "sqs"),
);

function patternOf(answerId: AnswerId): IFilterPattern {
  const { access, status } = ANSWERS[answerId];
  const hasStatus = FilterPattern.stringValue("$.status", "=", status);
  if (access === "anybody") return hasStatus;
  const [webhook] = ROUTES.filter((route) => route.access === "stripe");
  if (!webhook) throw new Error("the contract has no route for Stripe");
  const isStripes = FilterPattern.stringValue(
    "$.routeKey",
    access === "stripe" ? "=" : "!=",
    `${webhook.method} ${webhook.path}`,
  );
  return FilterPattern.all(isStripes, hasStatus);
}
