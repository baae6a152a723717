/** How people notice and what they may do: alarms to a topic, one dashboard, and the operators' roles. */
import { Aws, type Stack } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { alarmDefinitions, alarmSlug } from "#infra/deployment/alarms.ts";
import { createAlarm } from "../parts/alarm.ts";
import { createDashboard } from "../parts/dashboard.ts";
import { createMetrics, type MeasuredParts } from "../parts/metrics.ts";
import { createOperatorRoles } from "../parts/operator-roles.ts";
import { accountWideName, addOutputs, createStack, type StackSettings } from "./settings.ts";

interface WatchedParts extends Omit<MeasuredParts, "deploymentName" | "functionNames"> {
  webhook: IFunction;
  table: TableV2;
}

export function createOperationsStack(settings: StackSettings, parts: WatchedParts) {
  const { deployment, names } = settings;
  const stack = createStack(settings, "Operations", "alarms, the dashboard and the operators' roles");
  const topic = createTopic(stack, settings);
  const findMetric = createMetrics(stack, {
    ...parts,
    deploymentName: names.deployment,
    functionNames: names.functions,
  });

  for (const [id, definition] of alarmDefinitions()) {
    const slug = alarmSlug(id);
    createAlarm(stack, id, {
      definition,
      findMetric,
      name: `${names.deployment}-${slug}`,
      topic,
      runbook: `${deployment.runbookUrl}#${slug}`,
    });
  }
  const dashboardName = accountWideName(names);
  createDashboard(stack, { ...parts, findMetric, dashboardName, deploymentName: names.deployment });
  const roles = createOperatorRoles(stack, {
    names,
    table: parts.table,
    stateMachine: parts.stateMachine,
    deadLetterQueue: parts.queues.deadLetterQueue,
  });
  addOutputs(stack, {
    LookingRoleArn: roles.looking.roleArn,
    RepairingRoleArn: roles.repairing.roleArn,
    DashboardUrl: `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home#dashboards/dashboard/${dashboardName}`,
  });
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
