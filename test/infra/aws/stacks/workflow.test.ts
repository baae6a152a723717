import validateAsl from "asl-validator";
import { describe, expect, test } from "vitest";
import { readDefinition } from "#infra/local/definition.ts";
import { describeQueues } from "#infra/local/deployed-queues.ts";
import { DEAD_LETTER_QUEUE_NAME, queueArn } from "#infra/local/names.ts";
import { loadStateMachine } from "#infra/states-language/definition.ts";
import { type DeployedDefinition, readDeployedDefinition } from "../deployed-definition.ts";
import { asList, readable, statementsOf } from "../read-template.ts";
import { synthesiseStacks } from "../synthesised-stacks.ts";

const { only, ofType, directory, stacks } = synthesiseStacks();

describe("the state machine", () => {
  const stateMachine = only("Bursar-Workflow", "AWS::StepFunctions::StateMachine");
  const { Properties } = stateMachine;
  const substitutions = Properties["DefinitionSubstitutions"] as Record<string, unknown>;

  const deployed = readDeployedDefinition(directory, stateMachine);

  test("is made of the one definition, with every placeholder filled in", () => {
    expect(JSON.stringify(deployed)).not.toContain("${");
    expect(validateAsl(deployed)).toMatchObject({ isValid: true });
    expect(
      Object.fromEntries(Object.entries(substitutions).map(([name, value]) => [name, readable(value)])),
    ).toEqual({
      ValidateSessionFunctionArn: "{ValidateSession.Arn}",
      WriteEnrollmentFunctionArn: "{WriteEnrollment.Arn}",
      LinkCustomerFunctionArn: "{LinkCustomer.Arn}",
      CloseCheckoutFunctionArn: "{CloseCheckout.Arn}",
      DeadLetterQueueUrl: "{DeadLetterQueue}",
    });
  });

  test("has the states, retriers and catchers that the local deployment runs", async () => {
    const local = loadStateMachine(await readDefinition("http://localhost:4566"));
    const outline = (states: DeployedDefinition["States"]) =>
      Object.fromEntries(
        Object.entries(states).map(([name, { Type, Retry, Catch, Next }]) => [
          name,
          { Type, Retry, Catch, Next },
        ]),
      );
    expect(outline(deployed.States)).toEqual(outline(local.states as DeployedDefinition["States"]));
  });

  test("is standard, and logs everything but what students bought", () => {
    expect(Properties).toMatchObject({
      StateMachineType: "STANDARD",
      LoggingConfiguration: { Level: "ALL", IncludeExecutionData: false },
    });
  });

  test("may invoke its steps, fill the dead-letter queue and log", () => {
    const granted = Object.entries(stacks["Bursar-Workflow"] ?? {})
      .filter(([id]) => id.startsWith("EnrollmentRoleDefaultPolicy"))
      .flatMap(([, policy]) => statementsOf(policy))
      .map(({ Action, Resource }) => [asList(Action).join(" "), asList(Resource).map(readable).sort()]);
    expect(Object.fromEntries(granted)).toEqual({
      "logs:CreateLogDelivery logs:DeleteLogDelivery logs:DescribeLogGroups logs:DescribeResourcePolicies logs:GetLogDelivery logs:ListLogDeliveries logs:PutResourcePolicy logs:UpdateLogDelivery":
        ["*"],
      "lambda:InvokeFunction": [
        "{CloseCheckout.Arn}",
        "{LinkCustomer.Arn}",
        "{ValidateSession.Arn}",
        "{WriteEnrollment.Arn}",
      ],
      "sqs:SendMessage": ["{DeadLetterQueue.Arn}"],
    });
  });
});

test("nothing is traced, and nothing may be", () => {
  const resources = Object.values(stacks).flatMap((stack) => Object.values(stack));
  expect(JSON.stringify(resources)).not.toMatch(/Tracing(Config|Enabled)|xray:/);
});

describe("the queues", () => {
  const queues = Object.fromEntries(
    ofType("AWS::SQS::Queue").map(({ Properties }) => [Properties["QueueName"], Properties]),
  );

  test("keep what is in them for two weeks, encrypted", () => {
    expect(Object.keys(queues).sort()).toEqual(["bursar-dead-letter-queue", "bursar-webhook-queue"]);
    for (const queue of Object.values(queues)) {
      expect(queue).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
    }
  });

  test("refuse whoever comes without TLS", () => {
    const policies = ofType("AWS::SQS::QueuePolicy").flatMap(statementsOf);
    expect(policies.map(({ Effect, Condition }) => [Effect, Condition])).toEqual([
      ["Deny", { Bool: { "aws:SecureTransport": "false" } }],
      ["Deny", { Bool: { "aws:SecureTransport": "false" } }],
    ]);
  });

  test("hand an event that cannot be started to the dead-letter queue, in the end", () => {
    const redrive = (queues["bursar-webhook-queue"]?.["RedrivePolicy"] ?? {}) as Record<string, unknown>;
    expect(readable(redrive["deadLetterTargetArn"])).toBe("{DeadLetterQueue.Arn}");
    expect(redrive["maxReceiveCount"]).toBe(20);
  });

  test("are those of the one-machine deployment", () => {
    for (const { name, attributes } of describeQueues()) {
      const { MessageRetentionPeriod, VisibilityTimeout, RedrivePolicy } = queues[name] ?? {};
      expect(attributes).toEqual({
        MessageRetentionPeriod: String(MessageRetentionPeriod),
        ...(VisibilityTimeout !== undefined && { VisibilityTimeout: String(VisibilityTimeout) }),
        ...(RedrivePolicy !== undefined && {
          RedrivePolicy: JSON.stringify({
            ...(RedrivePolicy as object),
            deadLetterTargetArn: queueArn(DEAD_LETTER_QUEUE_NAME),
          }),
        }),
      });
    }
  });

  test("give the consumer time, and take back only what it could not do", () => {
    const consumer = ofType("AWS::Lambda::Function").find(
      ({ Properties }) => Properties["FunctionName"] === "bursar-webhook-queue-consumer",
    );
    const timeout = Number(consumer?.Properties["Timeout"]);
    expect(queues["bursar-webhook-queue"]?.["VisibilityTimeout"]).toBeGreaterThanOrEqual(6 * timeout);
    expect(only("Bursar-Workflow", "AWS::Lambda::EventSourceMapping").Properties).toMatchObject({
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: 5 },
    });
  });
});

test("the reconciliation looks every hour, tries again when it fails, and goes on with what it had no time for", () => {
  const all = ofType("AWS::Events::Rule").map(({ Properties }) => Properties) as {
    ScheduleExpression: string;
    Targets: { Arn: unknown; Input?: string; RetryPolicy: object }[];
  }[];
  const rules = all.filter(({ Targets: [target] }) => readable(target?.Arn) === "{Reconcile.Arn}");
  expect(
    rules.map(({ ScheduleExpression, Targets: [target] }) => [ScheduleExpression, target?.Input]),
  ).toEqual([
    ["rate(1 hour)", undefined],
    ["rate(15 minutes)", JSON.stringify({ goOn: true })],
  ]);
  expect(rules.map(({ Targets: [target] }) => target?.RetryPolicy)).toMatchObject([
    { MaximumRetryAttempts: 2 },
    { MaximumRetryAttempts: 0 },
  ]);
});

describe("the table", () => {
  const table = only("Bursar-Data", "AWS::DynamoDB::GlobalTable");

  test("has the keys and the index that the handlers use", () => {
    expect(table.Properties).toMatchObject({
      TableName: "bursar-education",
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: keys("PK", "SK"),
      GlobalSecondaryIndexes: [
        { IndexName: "GSI1", KeySchema: keys("GSI1PK", "GSI1SK"), Projection: { ProjectionType: "ALL" } },
      ],
    });
  });

  test("is encrypted, can be restored to any second, and is not deleted by accident", () => {
    expect(table.DeletionPolicy).toBe("Retain");
    expect(table.Properties["SSESpecification"]).toMatchObject({ SSEEnabled: true });
    expect(table.Properties["Replicas"]).toMatchObject([
      {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    ]);
  });

  test("goes with its stack on stages that are not production", () => {
    const staging = synthesiseStacks("stage=staging").only(
      "Bursar-staging-Data",
      "AWS::DynamoDB::GlobalTable",
    );
    expect(staging.DeletionPolicy).toBe("Delete");
    expect(staging.Properties["TableName"]).toBe("bursar-education-staging");
  });
});

function keys(hash: string, range: string) {
  return [
    { AttributeName: hash, KeyType: "HASH" },
    { AttributeName: range, KeyType: "RANGE" },
  ];
}
