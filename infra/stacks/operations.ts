/** How people notice: alarms to a topic, and one dashboard. */
import { Aws, type Stack } from "aws-cdk-lib";
import type { IMetric } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { type AlarmSettings, createAlarm } from "../constructs/alarm.ts";
import { createDashboard } from "../constructs/dashboard.ts";
import { businessMetric, FIVE_MINUTES, throttlesOf, webhookFailures } from "../constructs/metrics.ts";
import { addOutputs, createStack, type StackSettings } from "./settings.ts";

export interface WatchedParts {
  stateMachine: StateMachine;
  deadLetterQueue: Queue;
  webhookQueue: Queue;
  steps: Record<string, IFunction>;
  webhook: IFunction;
  accessLog: ILogGroup;
}

export function createOperationsStack(settings: StackSettings, parts: WatchedParts) {
  const { deployment, names } = settings;
  const stack = createStack(settings, "Operations", "alarms and the dashboard");
  const topic = createTopic(stack, settings);
  const webhook5xx = webhookFailures(stack, parts.accessLog, names.deployment);

  for (const [id, alarm] of Object.entries(alarmsOn(parts, names.deployment, webhook5xx))) {
    const name = `${names.deployment}-${kebabCase(id)}`;
    createAlarm(stack, id, { ...alarm, name, topic, runbookUrl: deployment.runbookUrl });
  }
  createDashboard(stack, { ...parts, webhook5xx, deploymentName: names.deployment });
  addOutputs(stack, {
    DashboardUrl: `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home#dashboards/dashboard/${names.deployment}`,
  });
}

function alarmsOn(
  { stateMachine, deadLetterQueue, webhookQueue, steps }: WatchedParts,
  deploymentName: string,
  webhook5xx: IMetric,
): Record<string, AlarmSettings> {
  const sum = { statistic: "Sum", period: FIVE_MINUTES };
  return {
    DeadLetters: {
      metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible({
        statistic: "Maximum",
        period: FIVE_MINUTES,
      }),
      threshold: 1,
      meaning: "A paid purchase could not be turned into an enrollment and waits for a person.",
      runbook: "runbook-dead-letters",
    },
    ExecutionsFailed: {
      metric: stateMachine.metricFailed(sum),
      threshold: 1,
      meaning: "An execution failed: a student may have paid without being enrolled.",
      runbook: "runbook-executions-failed",
    },
    ExecutionsTimedOut: {
      metric: stateMachine.metricTimedOut(sum),
      threshold: 1,
      meaning: "An execution ran out of time, which none should: a purchase stands still.",
      runbook: "runbook-executions-timed-out",
    },
    ExecutionsAborted: {
      metric: stateMachine.metricAborted(sum),
      threshold: 1,
      meaning: "Somebody stopped an execution by hand: its purchase stands still until it is redriven.",
      runbook: "runbook-executions-aborted",
    },
    WebhookFailures: {
      metric: webhook5xx,
      threshold: 1,
      meaning:
        "The webhook answered Stripe with a server error: nothing was stored, and Stripe will deliver again.",
      runbook: "runbook-webhook-failures",
    },
    SignatureFailures: {
      metric: businessMetric("SignatureRefused", deploymentName, "refused signatures"),
      threshold: 20,
      meaning:
        "Many webhook requests are not signed by Stripe's current secret: a rotation gone wrong, or forgeries.",
      runbook: "runbook-signature-failures",
    },
    OverflowAge: {
      metric: webhookQueue.metricApproximateAgeOfOldestMessage({
        statistic: "Maximum",
        period: FIVE_MINUTES,
      }),
      threshold: 900,
      meaning:
        "A payment event has waited in the overflow queue for 15 minutes: executions cannot be started.",
      runbook: "runbook-overflow-age",
    },
    StepThrottles: {
      metric: throttlesOf(steps),
      threshold: 10,
      evaluationPeriods: 2,
      meaning:
        "Lambda keeps turning steps away: enrollments are late, and fail once the retries are used up.",
      runbook: "runbook-step-throttles",
    },
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

const kebabCase = (id: string) => id.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
