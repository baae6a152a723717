/** The state machine, the functions behind its steps, and the two queues beside it. */
import { fileURLToPath } from "node:url";
import { Duration, RemovalPolicy, type Stack, Validations } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import type { OverflowQueueSettings, StepSettings } from "#handlers/config.ts";
import type { Names } from "#infra/deployment/names.ts";
import { createHandlerFunction } from "../parts/handler-function.ts";
import { allow, allowEnrollmentExecutions, allowOnTable, allowReadingSecret } from "../parts/permissions.ts";
import { createReconciliation } from "../parts/reconciliation.ts";
import { addOutputs, createStack, type StackSettings } from "./settings.ts";

const definitionFile = fileURLToPath(new URL("../../../workflow/enrollment.asl.json", import.meta.url));

const CONSUMER_TIMEOUT = Duration.seconds(30);

export function createWorkflowStack(settings: StackSettings, table: TableV2) {
  const stack = createStack(settings, "Workflow", "from a payment event to an enrollment");
  const { deadLetterQueue, overflowQueue } = createQueues(stack, settings);
  const steps = createSteps(stack, settings, table);
  const { stateMachine, executionLog } = createStateMachine(stack, settings, steps, deadLetterQueue);
  createOverflowQueueConsumer(stack, settings, overflowQueue, stateMachine);
  const reconcile = createReconciliation(stack, { names: settings.names, table, stateMachine });

  addOutputs(stack, {
    StateMachineArn: stateMachine.stateMachineArn,
    DeadLetterQueueUrl: deadLetterQueue.queueUrl,
  });
  return { stateMachine, executionLog, deadLetterQueue, overflowQueue, steps, reconcile };
}

function createQueues(stack: Stack, { names }: StackSettings) {
  const shared = {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    removalPolicy: RemovalPolicy.DESTROY,
  };
  const deadLetterQueue = new Queue(stack, "DeadLetterQueue", {
    ...shared,
    queueName: names.deadLetterQueue,
  });
  const overflowQueue = new Queue(stack, "WebhookQueue", {
    ...shared,
    queueName: names.overflowQueue,
    // AWS asks for six times the consumer's: a message must not come back while it is still being worked on.
    visibilityTimeout: Duration.seconds(6 * CONSUMER_TIMEOUT.toSeconds()),
    deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: 20 },
  });
  return { deadLetterQueue, overflowQueue };
}

/** The functions behind the Task states, with what each asks of the table and whether it calls Stripe. */
const STEPS = {
  ValidateSession: { handler: "validateSession", verbs: ["GetItem"] },
  WriteEnrollment: { handler: "writeEnrollment", verbs: ["GetItem", "PutItem"], callsStripe: true },
  LinkCustomer: { handler: "linkCustomer", verbs: ["GetItem", "UpdateItem"] },
  CloseCheckout: { handler: "closeCheckout", verbs: ["UpdateItem"] },
} satisfies Record<string, Step>;

interface Step {
  handler: keyof Names["functions"];
  verbs: string[];
  callsStripe?: boolean;
}

type Steps = Record<keyof typeof STEPS, LambdaFunction>;

function createSteps(stack: Stack, { names }: StackSettings, table: TableV2): Steps {
  const environment = {
    EDUCATION_TABLE_NAME: table.tableName,
    STRIPE_SECRET_ID: names.stripeSecret,
  } satisfies StepSettings;
  const steps = Object.entries<Step>(STEPS).map(([state, { handler, verbs, callsStripe }]) => [
    state,
    createHandlerFunction(stack, state, {
      functionName: names.functions[handler],
      deploymentName: names.deployment,
      entry: "steps.ts",
      handler,
      environment,
      permissions: [
        allowOnTable(table, ...verbs),
        ...(callsStripe ? [allowReadingSecret(stack, names.stripeSecret)] : []),
      ],
      // Shorter than the state's TimeoutSeconds, so that the function's own error is what the state machine sees.
      timeout: Duration.seconds(20),
    }),
  ]);
  return Object.fromEntries(steps) as Steps;
}

function createStateMachine(
  stack: Stack,
  { names }: StackSettings,
  steps: Steps,
  deadLetterQueue: Queue,
): { stateMachine: StateMachine; executionLog: LogGroup } {
  const stepArns = Object.entries(steps).map(
    ([state, step]) => [`${state}FunctionArn`, step.functionArn] as const,
  );
  const executionLog = new LogGroup(stack, "ExecutionLog", {
    // The prefix keeps many log groups from filling the one resource policy that they would share otherwise.
    logGroupName: `/aws/vendedlogs/states/${names.stateMachine}`,
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const stateMachine = new StateMachine(stack, "Enrollment", {
    stateMachineName: names.stateMachine,
    stateMachineType: StateMachineType.STANDARD,
    definitionBody: DefinitionBody.fromFile(definitionFile),
    definitionSubstitutions: {
      ...Object.fromEntries(stepArns),
      DeadLetterQueueUrl: deadLetterQueue.queueUrl,
    },
    tracingEnabled: true,
    logs: {
      level: LogLevel.ALL,
      includeExecutionData: false,
      destination: executionLog,
    },
  });
  stateMachine.addToRolePolicy(allow(["lambda:InvokeFunction"], ...stepArns.map(([, arn]) => arn)).statement);
  stateMachine.addToRolePolicy(allow(["sqs:SendMessage"], deadLetterQueue.queueArn).statement);
  Validations.of(stateMachine).acknowledge({
    id: "AwsSolutions-IAM5[Resource::*]",
    reason: "Log delivery and X-Ray know no resources; both are what the service itself asks for.",
  });
  return { stateMachine, executionLog };
}

function createOverflowQueueConsumer(
  stack: Stack,
  { names }: StackSettings,
  overflowQueue: Queue,
  stateMachine: StateMachine,
): void {
  const consumer = createHandlerFunction(stack, "WebhookQueueConsumer", {
    functionName: names.functions.overflowQueue,
    deploymentName: names.deployment,
    entry: "overflow-queue.ts",
    environment: { STATE_MACHINE_ARN: stateMachine.stateMachineArn } satisfies OverflowQueueSettings,
    permissions: [
      ...allowEnrollmentExecutions(stateMachine, names.stateMachine, "RedriveExecution", "DescribeExecution"),
      allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], overflowQueue.queueArn),
    ],
    timeout: CONSUMER_TIMEOUT,
  });
  consumer.addEventSourceMapping("WebhookQueue", {
    eventSourceArn: overflowQueue.queueArn,
    batchSize: 10,
    reportBatchItemFailures: true,
    // What waits here does so because Step Functions is overloaded: come back gently.
    maxConcurrency: 5,
  });
}
