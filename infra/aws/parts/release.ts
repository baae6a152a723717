/** The published version of the definition, and the alias by which it comes into use, step by step. */
import { RemovalPolicy, type Stack } from "aws-cdk-lib";
import {
  CfnStateMachineAlias,
  CfnStateMachineVersion,
  type StateMachine,
} from "aws-cdk-lib/aws-stepfunctions";
import { LIVE } from "#handlers/adapters/step-functions/names.ts";
import { chooseReleaseWay, RELEASE_ALARM } from "#infra/deployment/releases.ts";
import { digestOfDefinition } from "#infra/deployment/state-machine.ts";
import type { StackSettings } from "../stacks/settings.ts";
import { createAlarm } from "./alarm.ts";
import { executionsMetric } from "./metrics.ts";

/** @returns the alias's ARN, by which executions are started */
export function createRelease(
  stack: Stack,
  { deployment, names }: StackSettings,
  stateMachine: StateMachine,
): string {
  const { stateMachineArn, stateMachineRevisionId } = stateMachine;
  const alarm = createAlarm(stack, "ReleaseAlarm", {
    definition: RELEASE_ALARM,
    findMetric: (name, period) => executionsMetric(stateMachine, name, period),
    name: `${names.deployment}-release`,
    runbook: `${deployment.runbookUrl}#releases`,
  });
  const version = new CfnStateMachineVersion(stack, "Version", {
    stateMachineArn,
    stateMachineRevisionId,
    // Of nothing but the definition: CloudFormation publishes again for another text, and fails where nothing is new.
    description: `definition ${digestOfDefinition()}`,
  });
  // The one before must stay: it is what a release is taken back to, and what its executions are redriven on.
  version.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const { type, percentage, intervalMinutes } = chooseReleaseWay(deployment.stage, deployment.release);
  const alias = new CfnStateMachineAlias(stack, "Live", {
    name: LIVE,
    deploymentPreference: {
      stateMachineVersionArn: version.attrArn,
      type,
      ...(percentage && { percentage }),
      ...(intervalMinutes && { interval: intervalMinutes }),
      // Of a name that is no alarm's CloudWatch says that all is well.
      alarms: [alarm.alarmName],
    },
  });
  return alias.attrArn;
}
