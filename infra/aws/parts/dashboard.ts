/** The one dashboard: is what is paid for being delivered? */
import { Dashboard, GraphWidget, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import type { BusinessMetric } from "#handlers/telemetry.ts";
import type { QueueId } from "#infra/deployment/queues.ts";
import { businessMetric, type FindMetric } from "./metrics.ts";

interface DashboardProps {
  /** One in the whole account. */
  dashboardName: string;
  deploymentName: string;
  stateMachine: StateMachine;
  webhook: IFunction;
  findMetric: FindMetric;
}

export function createDashboard(
  scope: Construct,
  { dashboardName, deploymentName, stateMachine, webhook, findMetric }: DashboardProps,
): void {
  const counted = (name: BusinessMetric, label: string) => businessMetric(name, deploymentName, label);

  const dashboard = new Dashboard(scope, "Dashboard", { dashboardName });
  dashboard.addWidgets(
    graph(
      "Enrollments written",
      counted("EnrollmentWritten", "written"),
      counted("DoublePayment", "paid twice"),
      counted("PaidNotEnrolled", "paid, not enrolled"),
      findMetric("lettersSent").with({ label: "dead-lettered" }),
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
      findMetric("answers:webhook5xx").with({ label: "webhook 5xx" }),
      counted("SignatureRefused", "signature refused"),
      counted("DuplicateDelivery", "duplicates"),
      counted("Redriven", "redriven"),
      counted("Queued", "queued"),
      counted("FollowedUp", "started by the return page"),
    ),
    graph("Overflow queue", ...depthsOf("overflowQueue")),
    graph("Dead letters", ...depthsOf("deadLetterQueue")),
  );

  function depthsOf(queue: QueueId): IMetric[] {
    return [
      findMetric(`visible:${queue}`).with({ label: "waiting" }),
      findMetric(`inFlight:${queue}`).with({ label: "in somebody's hands" }),
    ];
  }
}

const graph = (title: string, ...left: IMetric[]) => new GraphWidget({ title, left, width: 12 });
