/** How people notice: alarms to a topic, and one dashboard. */
import { Aws, Duration, type Stack } from "aws-cdk-lib";
import type { IMetric } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { ALARMS, type AlarmId, alarmSlug } from "#infra/deployment/alarms.ts";
import { createAlarm } from "../parts/alarm.ts";
import { createDashboard } from "../parts/dashboard.ts";
import {
  businessMetric,
  deadLettered,
  FIVE_MINUTES,
  throttlesOf,
  webhookFailures,
} from "../parts/metrics.ts";
import { accountWideName, addOutputs, createStack, type StackSettings } from "./settings.ts";

interface WatchedParts {
  stateMachine: StateMachine;
  deadLetterQueue: Queue;
  overflowQueue: Queue;
  steps: Record<string, IFunction>;
  webhook: IFunction;
  reconcile: IFunction;
  accessLog: ILogGroup;
  executionLog: ILogGroup;
}

export function createOperationsStack(settings: StackSettings, parts: WatchedParts) {
  const { deployment, names } = settings;
  const stack = createStack(settings, "Operations", "alarms and the dashboard");
  const topic = createTopic(stack, settings);
  const webhook5xx = webhookFailures(stack, parts.accessLog, names.deployment);

  const metrics = metricsOf(parts, names.deployment, webhook5xx);
  for (const id of Object.keys(ALARMS) as AlarmId[]) {
    const slug = alarmSlug(id);
    createAlarm(stack, id, {
      ...ALARMS[id],
      metric: metrics[id],
      name: `${names.deployment}-${slug}`,
      topic,
      runbook: `${deployment.runbookUrl}#${slug}`,
    });
  }
  const dashboardName = accountWideName(names);
  createDashboard(stack, {
    ...parts,
    webhook5xx,
    deadLettered: deadLettered(stack, parts.executionLog, names.deployment),
    deploymentName: names.deployment,
    dashboardName,
  });
  addOutputs(stack, {
    DashboardUrl: `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home#dashboards/dashboard/${dashboardName}`,
  });
}

function metricsOf(
  { stateMachine, deadLetterQueue, overflowQueue, steps, reconcile }: WatchedParts,
  deploymentName: string,
  webhook5xx: IMetric,
): Record<AlarmId, IMetric> {
  const sum = { statistic: "Sum", period: FIVE_MINUTES };
  const hourly = { ...sum, period: Duration.seconds(ALARMS.PaidNotEnrolled.periodSeconds) };
  const maximum = { statistic: "Maximum", period: FIVE_MINUTES };
  return {
    DeadLetters: deadLetterQueue.metricApproximateNumberOfMessagesVisible(maximum),
    ExecutionsFailed: stateMachine.metricFailed(sum),
    ExecutionsTimedOut: stateMachine.metricTimedOut(sum),
    ExecutionsAborted: stateMachine.metricAborted(sum),
    WebhookFailures: webhook5xx,
    SignatureFailures: businessMetric("SignatureRefused", deploymentName, "refused signatures"),
    OverflowAge: overflowQueue.metricApproximateAgeOfOldestMessage(maximum),
    StepThrottles: throttlesOf(steps),
    DoublePayment: businessMetric("DoublePayment", deploymentName, "paid twice"),
    CheckoutsRefused: businessMetric("CheckoutRefused", deploymentName, "checkouts refused"),
    RefundsNoticed: businessMetric("RefundNoticed", deploymentName, "refunds noticed"),
    DisputesNoticed: businessMetric("DisputeNoticed", deploymentName, "disputes noticed"),
    UnreadableRecords: businessMetric("UnreadableRecord", deploymentName, "unreadable records"),
    PolicyViolations: businessMetric("PolicyViolation", deploymentName, "policy violations"),
    PaidNotEnrolled: businessMetric("PaidNotEnrolled", deploymentName, "paid, not enrolled").with(hourly),
    ReconciliationFailed: reconcile.metricErrors(hourly),
  };
}

function createTopic(stack: Stack, { deployment, names }: StackSettings): Topic {
  const topic = new Topic(stack, "Alarms", { topicName: `${names.deployment}-alarms`, enforceSSL: true });
  // A policy of its own replaces the one under which everything in the account may publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
  );
  if (deployment.alarmEmail) topic.addSubscription(new EmailSubscription(deployment.alarmEmail));
  return topic;
}
