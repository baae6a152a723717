/** What alarms and the dashboard look at. */
import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { FilterPattern, type ILogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { BusinessMetric } from "#handlers/telemetry.ts";
import { ALARM_PERIOD_SECONDS } from "#infra/deployment/alarms.ts";
import { ROUTES } from "#workflow/contract.ts";

export const FIVE_MINUTES = Duration.seconds(ALARM_PERIOD_SECONDS);

/** What handlers count by themselves. The deployment's name is their `service`. */
export function businessMetric(name: BusinessMetric, deploymentName: string, label: string): Metric {
  return new Metric({
    namespace: "Bursar",
    metricName: name,
    dimensionsMap: { service: deploymentName },
    statistic: "Sum",
    period: FIVE_MINUTES,
    label,
  });
}

/** From the access log: it also knows the answers that no function gave, such as time-outs and throttles of Lambda. */
export function webhookFailures(scope: Construct, accessLog: ILogGroup, deploymentName: string): Metric {
  const [webhook] = ROUTES.filter(({ access }) => access === "stripe");
  if (!webhook) throw new Error("the contract has no route for Stripe");
  const filter = new MetricFilter(scope, "Webhook5xx", {
    logGroup: accessLog,
    filterPattern: FilterPattern.all(
      FilterPattern.stringValue("$.routeKey", "=", `${webhook.method} ${webhook.path}`),
      FilterPattern.stringValue("$.status", "=", "5*"),
    ),
    metricNamespace: "Bursar",
    metricName: `${deploymentName}-webhook-5xx`,
  });
  return filter.metric({ statistic: "Sum", period: FIVE_MINUTES, label: "webhook 5xx" });
}

/** The state machine sends dead letters without a function that could count them; its own log tells of each. */
export function deadLettered(scope: Construct, executionLog: ILogGroup, deploymentName: string): Metric {
  const filter = new MetricFilter(scope, "DeadLettered", {
    logGroup: executionLog,
    filterPattern: FilterPattern.all(
      FilterPattern.stringValue("$.type", "=", "TaskStateExited"),
      FilterPattern.stringValue("$.details.name", "=", "SendToDeadLetterQueue"),
    ),
    metricNamespace: "Bursar",
    metricName: `${deploymentName}-dead-lettered`,
  });
  return filter.metric({ statistic: "Sum", period: FIVE_MINUTES, label: "dead-lettered" });
}

/** How many invocations of any of the functions Lambda turned away. */
export function throttlesOf(functions: Record<string, IFunction>): IMetric {
  const usingMetrics = Object.fromEntries(
    Object.entries(functions).map(([name, step]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      step.metricThrottles({ statistic: "Sum", period: FIVE_MINUTES }),
    ]),
  );
  const expression = Object.keys(usingMetrics).join(" + ");
  return new MathExpression({ expression, usingMetrics, period: FIVE_MINUTES, label: "step throttles" });
}
