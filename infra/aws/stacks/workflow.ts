/** The state machine, the functions behind its steps, and the two queues beside it. */
import { Duration, RemovalPolicy, type Stack, Validations } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import type { OverflowQueueSettings, StepSettings } from "#handlers/config.ts";
import { OVERFLOW_CONSUMER, QUEUES, type QueueDefinition, type QueueId } from "#infra/deployment/queues.ts";
import { DEFINITION_FILE, fillPlaceholders } from "#infra/deployment/state-machine.ts";
import { mapSteps, type StepHandler, type StepState } from "#infra/deployment/steps.ts";
import { createHandlerFunction } from "../parts/handler-function.ts";
import { allow, allowEnrollmentExecutions, allowOnTable, allowReadingSecret } from "../parts/permissions.ts";
import { createReconciliation } from "../parts/reconciliation.ts";
import { createRelease } from "../parts/release.ts";
import { addOutputs, createStack, type StackSettings } from "./settings.ts";

type Steps = Record<StepState, LambdaFunction>;

export function createWorkflowStack(settings: StackSettings, table: TableV2) {
  const stack = createStack(settings, "Workflow", "from a payment event to an enrollment");
  const { deadLetterQueue, overflowQueue } = createQueues(stack, settings);
  const steps = createSteps(stack, settings, table);
  const { stateMachine, executionLog } = createStateMachine(stack, settings, steps, deadLetterQueue);
  const liveArn = createRelease(stack, settings, stateMachine);
  const consumer = createOverflowQueueConsumer(stack, settings, {
    overflowQueue,
    stateMachine,
    liveArn,
    table,
  });
  const reconcile = createReconciliation(stack, { names: settings.names, table, stateMachine, liveArn });

  addOutputs(stack, {
    StateMachineArn: stateMachine.stateMachineArn,
    DeadLetterQueueUrl: deadLetterQueue.queueUrl,
  });
  const functions = { ...byHandler(steps), overflowQueue: consumer, reconcile };
  return { stateMachine, liveArn, executionLog, queues: { deadLetterQueue, overflowQueue }, functions };
}

function createQueues(stack: Stack, settings: StackSettings) {
  const deadLetterQueue = createQueue(stack, "DeadLetterQueue", settings, "deadLetterQueue");
  const overflowQueue = createQueue(stack, "WebhookQueue", settings, "overflowQueue", deadLetterQueue);
  return { deadLetterQueue, overflowQueue };
}

/** @param redriveTo the queue that the table names as such, if it names one */
function createQueue(
  stack: Stack,
  constructId: string,
  { names }: StackSettings,
  id: QueueId,
  redriveTo?: Queue,
): Queue {
  const { retentionSeconds, visibilityTimeoutSeconds, redrive }: QueueDefinition = QUEUES[id];
  return new Queue(stack, constructId, {
    queueName: names[id],
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.seconds(retentionSeconds),
    removalPolicy: RemovalPolicy.DESTROY,
    ...(visibilityTimeoutSeconds && { visibilityTimeout: Duration.seconds(visibilityTimeoutSeconds) }),
    ...(redriveTo &&
      redrive && {
        deadLetterQueue: { queue: redriveTo, maxReceiveCount: redrive.maxReceiveCount },
      }),
  });
}

function createSteps(stack: Stack, { names }: StackSettings, table: TableV2): Steps {
  const environment = {
    EDUCATION_TABLE_NAME: table.tableName,
    STRIPE_SECRET_ID: names.stripeSecret,
    DEPLOYMENT_NAME: names.deployment,
  } satisfies StepSettings;
  return mapSteps(({ handler, tableVerbs, callsStripe, timeoutSeconds }, state) =>
    createHandlerFunction(stack, state, {
      functionName: names.functions[handler],
      deploymentName: names.deployment,
      entry: "steps.ts",
      handler,
      environment,
      permissions: [
        allowOnTable(table, ...tableVerbs),
        ...(callsStripe ? [allowReadingSecret(stack, names.stripeSecret)] : []),
      ],
      timeout: Duration.seconds(timeoutSeconds),
    }),
  );
}

function byHandler(steps: Steps): Record<StepHandler, LambdaFunction> {
  const functions = mapSteps(({ handler }, state) => [handler, steps[state]] as const);
  return Object.fromEntries(Object.values(functions)) as Record<StepHandler, LambdaFunction>;
}

function createStateMachine(
  stack: Stack,
  { names }: StackSettings,
  steps: Steps,
  deadLetterQueue: Queue,
): { stateMachine: StateMachine; executionLog: LogGroup } {
  const functionArns = mapSteps((_step, state) => steps[state].functionArn);
  const executionLog = new LogGroup(stack, "ExecutionLog", {
    // The prefix keeps many log groups from filling the one resource policy that they would share otherwise.
    logGroupName: `/aws/vendedlogs/states/${names.stateMachine}`,
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const stateMachine = new StateMachine(stack, "Enrollment", {
    stateMachineName: names.stateMachine,
    stateMachineType: StateMachineType.STANDARD,
    definitionBody: DefinitionBody.fromFile(DEFINITION_FILE),
    definitionSubstitutions: fillPlaceholders({
      functionArns,
      deadLetterQueueUrl: deadLetterQueue.queueUrl,
    }),
    logs: {
      level: LogLevel.ALL,
      includeExecutionData: false,
      destination: executionLog,
    },
  });
  stateMachine.addToRolePolicy(allow(["lambda:InvokeFunction"], ...Object.values(functionArns)).statement);
  stateMachine.addToRolePolicy(allow(["sqs:SendMessage"], deadLetterQueue.queueArn).statement);
  Validations.of(stateMachine).acknowledge(
    {
      id: "AwsSolutions-IAM5[Resource::*]",
      reason: "Log delivery knows no resources; it is what the service itself asks for.",
    },
    {
      id: "AwsSolutions-SF2",
      reason:
        "Nothing is traced: an execution's history tells more, and X-Ray would end at SQS, Stripe and the HTTP API.",
    },
  );
  return { stateMachine, executionLog };
}

function createOverflowQueueConsumer(
  stack: Stack,
  { names }: StackSettings,
  {
    overflowQueue,
    stateMachine,
    liveArn,
    table,
  }: { overflowQueue: Queue; stateMachine: StateMachine; liveArn: string; table: TableV2 },
): LambdaFunction {
  const consumer = createHandlerFunction(stack, "WebhookQueueConsumer", {
    functionName: names.functions.overflowQueue,
    deploymentName: names.deployment,
    entry: "overflow-queue.ts",
    environment: {
      STATE_MACHINE_ARN: liveArn,
      EDUCATION_TABLE_NAME: table.tableName,
      STRIPE_SECRET_ID: names.stripeSecret,
      DEPLOYMENT_NAME: names.deployment,
    } satisfies OverflowQueueSettings,
    permissions: [
      ...allowEnrollmentExecutions(stateMachine, names.stateMachine, "RedriveExecution", "DescribeExecution"),
      allowOnTable(table, "GetItem", "PutItem", "UpdateItem"),
      allowReadingSecret(stack, names.stripeSecret),
      allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], overflowQueue.queueArn),
    ],
    timeout: Duration.seconds(OVERFLOW_CONSUMER.timeoutSeconds),
  });
  consumer.addEventSourceMapping("WebhookQueue", {
    eventSourceArn: overflowQueue.queueArn,
    batchSize: OVERFLOW_CONSUMER.batchSize,
    reportBatchItemFailures: true,
    maxConcurrency: OVERFLOW_CONSUMER.maxConcurrency,
  });
  return consumer;
}
