/** The one dashboard: is what is paid for being delivered? */
import { Dashboard, GraphWidget, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import type { BusinessMetric } from "#handlers/telemetry.ts";
import { businessMetric } from "./metrics.ts";

interface DashboardProps {
  /** One in the whole account. */
  dashboardName: string;
  deploymentName: string;
  stateMachine: StateMachine;
  deadLetterQueue: IQueue;
  overflowQueue: IQueue;
  webhook: IFunction;
  webhook5xx: IMetric;
  deadLettered: IMetric;
}

export function createDashboard(
  scope: Construct,
  {
    dashboardName,
    deploymentName,
    stateMachine,
    deadLetterQueue,
    overflowQueue,
    webhook,
    webhook5xx,
    deadLettered,
  }: DashboardProps,
): void {
  const counted = (name: BusinessMetric, label: string) => businessMetric(name, deploymentName, label);

  const dashboard = new Dashboard(scope, "Dashboard", { dashboardName });
  dashboard.addWidgets(
    graph(
      "Enrollments written",
      counted("EnrollmentWritten", "written"),
      counted("DoublePayment", "paid twice"),
      counted("PaidNotEnrolled", "paid, not enrolled"),
      deadLettered,
    ),
    graph(
      "Executions by outcome",
      stateMachine.metricSucceeded({ label: "succeeded" }),
      stateMachine.metricFailed({ label: "failed" }),
      stateMachine.metricTimedOut({ label: "timed out" }),
      stateMachine.metricAborted({ label: "aborted" }),
    ),
    graph(
      "Webhook latency",
      ...["p50", "p95", "p99"].map((statistic) => webhook.metricDuration({ statistic, label: statistic })),
    ),
    graph(
      "Webhook outcomes",
      webhook5xx,
      counted("SignatureRefused", "signature refused"),
      counted("DuplicateDelivery", "duplicates"),
      counted("Redriven", "redriven"),
      counted("Queued", "queued"),
      counted("FollowedUp", "started by the return page"),
    ),
    graph("Queue depths", depthOf(overflowQueue, "overflow"), depthOf(deadLetterQueue, "dead letters")),
    graph(
      "Overflow age in seconds",
      overflowQueue.metricApproximateAgeOfOldestMessage({ statistic: "Maximum", label: "oldest" }),
    ),
  );
}

const graph = (title: string, ...left: IMetric[]) => new GraphWidget({ title, left, width: 12 });

const depthOf = (queue: IQueue, label: string) =>
  queue.metricApproximateNumberOfMessagesVisible({ statistic: "Maximum", label });
