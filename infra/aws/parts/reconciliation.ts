/** The hourly sweep that finds what was paid and not delivered. */
import { Duration, type Stack } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { Rule, RuleTargetInput, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { Function as HandlerFunction } from "aws-cdk-lib/aws-lambda";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { ReconcileSettings } from "#handlers/config.ts";
import type { Occasion } from "#handlers/reconcile.ts";
import type { Names } from "#infra/deployment/names.ts";
import { TIMEOUT_SECONDS } from "#infra/deployment/timeouts.ts";
import { createHandlerFunction } from "./handler-function.ts";
import { allow, allowEnrollmentExecutions, allowOnTable, allowReadingSecret } from "./permissions.ts";

interface ReconciliationProps {
  names: Names;
  table: TableV2;
  stateMachine: StateMachine;
  /** By which executions are started. */
  liveArn: string;
}

export function createReconciliation(
  stack: Stack,
  { names, table, stateMachine, liveArn }: ReconciliationProps,
): HandlerFunction {
  const reconcile = createHandlerFunction(stack, "Reconcile", {
    functionName: names.functions.reconcile,
    deploymentName: names.deployment,
    entry: "reconcile.ts",
    environment: {
      EDUCATION_TABLE_NAME: table.tableName,
      STATE_MACHINE_ARN: liveArn,
      STRIPE_SECRET_ID: names.stripeSecret,
      DEPLOYMENT_NAME: names.deployment,
    } satisfies ReconcileSettings,
    permissions: [
      allowOnTable(table, "GetItem", "BatchGetItem", "PutItem", "UpdateItem", "DeleteItem"),
      allow(["dynamodb:Query"], `${table.tableArn}/index/GSI1`),
      // It never redrives: the same failure every hour would bury the dead letters that are new.
      ...allowEnrollmentExecutions(stateMachine, names.stateMachine, "DescribeExecution"),
      allowReadingSecret(stack, names.stripeSecret),
    ],
    timeout: Duration.seconds(TIMEOUT_SECONDS.reconcile),
    memorySize: 1024,
  });
  const everyHour = new Rule(stack, "EveryHour", { schedule: Schedule.rate(Duration.hours(1)) });
  everyHour.addTarget(new LambdaFunction(reconcile, { retryAttempts: 2, maxEventAge: Duration.hours(1) }));
  // As long as it may run: what one had no time for is gone on with at once, and otherwise there is nothing to do.
  const goOn = new Rule(stack, "GoOn", {
    schedule: Schedule.rate(Duration.seconds(TIMEOUT_SECONDS.reconcile)),
  });
  const event = RuleTargetInput.fromObject({ goOn: true } satisfies Occasion);
  goOn.addTarget(
    new LambdaFunction(reconcile, { event, retryAttempts: 0, maxEventAge: Duration.minutes(5) }),
  );
  return reconcile;
}
