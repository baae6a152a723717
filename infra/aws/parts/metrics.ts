/** Where CloudWatch finds what alarms and the dashboard look at. */
import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import type { BusinessMetric } from "#handlers/telemetry.ts";
import { ALARM_PERIOD_SECONDS } from "#infra/deployment/alarms.ts";
import { type FunctionId, type MetricName, splitMetric, statisticOf } from "#infra/deployment/metrics.ts";
import type { QueueId } from "#infra/deployment/queues.ts";
import { crashMetric } from "./crashes.ts";
import { createLogMetrics } from "./log-metrics.ts";

const FIVE_MINUTES = Duration.seconds(ALARM_PERIOD_SECONDS);

export interface MeasuredParts {
  deploymentName: string;
  stateMachine: StateMachine;
  queues: Record<QueueId, IQueue>;
  functions: Partial<Record<FunctionId, IFunction>>;
  /** For those that only some deployments have: a reference that comes and goes stands in the way of the next deployment. */
  functionNames: Record<FunctionId, string>;
  accessLog: ILogGroup;
  executionLog: ILogGroup;
}

export type FindMetric = (name: MetricName, period?: Duration) => Metric;

/** @returns what finds a metric by its name; those of logs are made with it, once */
export function createMetrics(scope: Construct, parts: MeasuredParts): FindMetric {
  const { deploymentName, stateMachine, queues, functions, functionNames } = parts;
  const ofLogs = createLogMetrics(scope, parts);
  const ofFunction = (id: FunctionId, metricName: string) => {
    const dimensionsMap = { FunctionName: functions[id]?.functionName ?? functionNames[id] };
    return new Metric({ namespace: "AWS/Lambda", metricName, dimensionsMap });
  };

  return (name, period = FIVE_MINUTES) => {
    const [kind, of] = splitMetric(name);
    const options = { statistic: statisticOf(name), period };
    switch (kind) {
      case "counted":
        return businessMetric(of as BusinessMetric, deploymentName, of).with(options);
      case "errors":
        return ofFunction(of as FunctionId, "Errors").with(options);
      case "crashes":
        return crashMetric(functionNames[of as FunctionId]).with(options);
      case "throttles":
        return ofFunction(of as FunctionId, "Throttles").with(options);
      case "visible":
        return queues[of as QueueId].metricApproximateNumberOfMessagesVisible(options);
      case "inFlight":
        return queues[of as QueueId].metricApproximateNumberOfMessagesNotVisible(options);
      case "executions":
        return executionsMetric(stateMachine, name, period);
      default:
        return ofLogs(name).with(options);
    }
  };
}

const EXECUTIONS: Record<string, string> = {
  failed: "ExecutionsFailed",
  timedOut: "ExecutionsTimedOut",
  aborted: "ExecutionsAborted",
};

/** By whichever version or alias they were started. */
export function executionsMetric(
  stateMachine: StateMachine,
  name: MetricName,
  period = FIVE_MINUTES,
): Metric {
  const [, of] = splitMetric(name);
  return stateMachine.metric(EXECUTIONS[of] ?? of, { statistic: statisticOf(name), period });
}

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

/**
 * Without FILL, a period in which one of them was not measured would have no sum, and an alarm over what is measured
 * seldom would stay in ALARM for several periods; SUM leaves out what was never measured at all.
 */
export function addUp(metrics: Record<string, IMetric>, period: Duration): IMetric {
  const filled = Object.keys(metrics).map((id) => `FILL(${id}, 0)`);
  const expression = filled.length === 1 ? filled.join() : `SUM([${filled.join(", ")}])`;
  return new MathExpression({ expression, usingMetrics: metrics, period });
}
