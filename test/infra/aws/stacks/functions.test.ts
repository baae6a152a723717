import { expect, test } from "vitest";
import {
  apiSettings,
  copySigningSecretSettings,
  overflowQueueSettings,
  reconcileSettings,
  stepSettings,
  webhookSettings,
} from "#handlers/config.ts";
import { asList, readable, statementsOf } from "../read-template.ts";
import { synthesiseStacks } from "../synthesised-stacks.ts";

const { stacks, ofType } = synthesiseStacks();

interface FunctionProperties {
  FunctionName?: string;
  Environment?: { Variables: Record<string, unknown> };
  ReservedConcurrentExecutions?: number;
  Role: { "Fn::GetAtt": [string, string] };
  [property: string]: unknown;
}

/** Ours have names; those that the CDK brings along for deployments have none. */
const functions = Object.fromEntries(
  ofType("AWS::Lambda::Function")
    .map(({ Properties }) => Properties as FunctionProperties)
    .flatMap((properties) => (properties.FunctionName ? [[properties.FunctionName, properties]] : [])),
);

const ownLog = (name: string) => ({
  "logs:CreateLogStream": [`{${name}Log.Arn}`],
  "logs:PutLogEvents": [`{${name}Log.Arn}`],
});
const secret = "arn:<Partition>:secretsmanager:<Region>:<AccountId>:secret:learnermax/stripe-??????";
const signingSecret =
  "arn:<Partition>:secretsmanager:<Region>:<AccountId>:secret:learnermax/signing-secret-??????";
/** Executions are named after events that are yet to come. */
const executions = "arn:<Partition>:states:<Region>:<AccountId>:execution:bursar-enrollment:*";
const table = "{Education.Arn}";

/** Everything that each function may do, and to what. */
const PERMISSIONS: Record<string, Record<string, string[]>> = {
  "bursar-webhook": {
    ...ownLog("Webhook"),
    "states:StartExecution": ["{Enrollment}"],
    "states:RedriveExecution": [executions],
    "states:DescribeExecution": [executions],
    "sqs:SendMessage": ["{WebhookQueue.Arn}"],
    // Not Stripe's keys: strangers' requests come here.
    "secretsmanager:GetSecretValue": [signingSecret],
  },
  "bursar-copy-signing-secret": {
    ...ownLog("CopySigningSecret"),
    "secretsmanager:GetSecretValue": [secret, "{SigningSecret}"],
    "secretsmanager:PutSecretValue": ["{SigningSecret}"],
  },
  "bursar-api": {
    ...ownLog("Api"),
    "dynamodb:GetItem": [table],
    "dynamodb:PutItem": [table],
    "dynamodb:UpdateItem": [table],
    "dynamodb:BatchGetItem": [table],
    "dynamodb:Query": [table, `${table}/index/GSI1`],
    "states:StartExecution": ["{Enrollment}"],
    "states:DescribeExecution": [executions],
    "secretsmanager:GetSecretValue": [secret],
  },
  "bursar-validate-session": {
    ...ownLog("ValidateSession"),
    "dynamodb:GetItem": [table],
    "dynamodb:BatchGetItem": [table],
    // What an earlier version remembered becomes a purchase when it is read.
    "dynamodb:PutItem": [table],
    "dynamodb:UpdateItem": [table],
  },
  "bursar-write-enrollment": {
    ...ownLog("WriteEnrollment"),
    "dynamodb:GetItem": [table],
    "dynamodb:BatchGetItem": [table],
    "dynamodb:PutItem": [table],
    "dynamodb:UpdateItem": [table],
    "dynamodb:DeleteItem": [table],
    // Another open checkout for the course is expired at Stripe.
    "secretsmanager:GetSecretValue": [secret],
  },
  "bursar-link-customer": {
    ...ownLog("LinkCustomer"),
    "dynamodb:GetItem": [table],
    "dynamodb:UpdateItem": [table],
  },
  "bursar-close-checkout": { ...ownLog("CloseCheckout"), "dynamodb:UpdateItem": [table] },
  "bursar-webhook-queue-consumer": {
    ...ownLog("WebhookQueueConsumer"),
    "states:StartExecution": ["{Enrollment}"],
    "states:RedriveExecution": [executions],
    "states:DescribeExecution": [executions],
    "dynamodb:GetItem": [table],
    "dynamodb:PutItem": [table],
    "dynamodb:UpdateItem": [table],
    "secretsmanager:GetSecretValue": [secret],
    "sqs:ReceiveMessage": ["{WebhookQueue.Arn}"],
    "sqs:DeleteMessage": ["{WebhookQueue.Arn}"],
    "sqs:GetQueueAttributes": ["{WebhookQueue.Arn}"],
  },
  "bursar-reconcile": {
    ...ownLog("Reconcile"),
    "dynamodb:GetItem": [table],
    "dynamodb:BatchGetItem": [table],
    "dynamodb:PutItem": [table],
    "dynamodb:UpdateItem": [table],
    "dynamodb:DeleteItem": [table],
    "dynamodb:Query": [`${table}/index/GSI1`],
    "states:StartExecution": ["{Enrollment}"],
    "states:DescribeExecution": [executions],
    "secretsmanager:GetSecretValue": [secret],
  },
  "bursar-pre-token": ownLog("PreToken"),
};

const SCHEMAS: Record<string, { shape: object }> = {
  "bursar-webhook": webhookSettings,
  "bursar-api": apiSettings,
  "bursar-copy-signing-secret": copySigningSecretSettings,
  "bursar-validate-session": stepSettings,
  "bursar-write-enrollment": stepSettings,
  "bursar-link-customer": stepSettings,
  "bursar-close-checkout": stepSettings,
  "bursar-webhook-queue-consumer": overflowQueueSettings,
  "bursar-reconcile": reconcileSettings,
  "bursar-pre-token": { shape: {} },
};

test("there is no function that this file does not know", () => {
  expect(Object.keys(functions).sort()).toEqual(Object.keys(PERMISSIONS).sort());
});

test.each(Object.entries(PERMISSIONS))("%s may do what it must and nothing else", (name, expected) => {
  const [roleId] = functions[name]?.Role["Fn::GetAtt"] ?? [];
  const policies = ofType("AWS::IAM::Policy").filter(({ Properties }) =>
    asList(Properties["Roles"]).some((role) => (role as { Ref?: string }).Ref === roleId),
  );
  const granted: Record<string, string[]> = {};
  for (const statement of policies.flatMap(statementsOf)) {
    expect(statement.Effect).toBe("Allow");
    for (const action of asList(statement.Action)) {
      granted[action] = [...(granted[action] ?? []), ...asList(statement.Resource).map(readable)];
    }
  }
  expect(granted).toEqual(expected);
});

test("each function has a role of its own, without managed policies", () => {
  const roleIds = Object.values(functions).map(({ Role }) => Role["Fn::GetAtt"][0]);
  expect(new Set(roleIds).size).toBe(roleIds.length);
  const roles = Object.values(stacks).flatMap((resources) =>
    Object.entries(resources).filter(([id]) => roleIds.includes(id)),
  );
  expect(roles.map(([, { Properties }]) => Properties["ManagedPolicyArns"])).toEqual(
    roleIds.map(() => undefined),
  );
});

test("wildcards are granted where there is a reason for them, and nowhere else", () => {
  const reasons: Record<string, RegExp> = {
    "executions of the one state machine, by event":
      /^(WebhookSignature|Api|WebhookQueueConsumer|Reconcile)RoleDefaultPolicy/,
    "log delivery, which knows no resources": /^EnrollmentRoleDefaultPolicy/,
    "the CDK's uploader, during deployments": /^CustomCDKBucketDeployment/,
  };
  const wildcards = Object.values(stacks).flatMap((resources) =>
    Object.entries(resources)
      .filter(([, { Type }]) => Type === "AWS::IAM::Policy")
      .filter(([, policy]) =>
        statementsOf(policy).some(({ Action, Resource }) =>
          [...asList(Action), ...asList(Resource).map(readable)].some((text) => text.includes("*")),
        ),
      )
      .map(([id]) => Object.keys(reasons).find((reason) => reasons[reason]?.test(id)) ?? id),
  );
  expect([...new Set(wildcards)].sort()).toEqual(Object.keys(reasons).sort());
});

test.each(Object.entries(SCHEMAS))(
  "%s is configured with what its schema asks for, no more",
  (name, { shape }) => {
    // Only set where a stand-in plays Stripe.
    const required = Object.keys(shape).filter((variable) => variable !== "STRIPE_API_BASE");
    const variables = Object.keys(functions[name]?.Environment?.Variables ?? {});
    expect(variables.sort()).toEqual([...required, "POWERTOOLS_SERVICE_NAME"].sort());
  },
);

test("no function finds a secret in its environment", () => {
  for (const { Environment } of Object.values(functions)) {
    expect(JSON.stringify(Environment)).not.toMatch(/[sr]k_(test|live)|whsec_|resolve:/);
  }
});

test.each(Object.entries(functions))(
  "%s runs Node 24 on arm64 and keeps its log for a month",
  (name, properties) => {
    expect(properties).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"] });
    const logs = ofType("AWS::Logs::LogGroup").map(({ Properties }) => Properties);
    expect(logs).toContainEqual({ LogGroupName: `/aws/lambda/${name}`, RetentionInDays: 30 });
  },
);

test("no log is kept for ever", () => {
  const retentions = ofType("AWS::Logs::LogGroup").map(({ Properties }) => Properties["RetentionInDays"]);
  expect(retentions.filter((days) => typeof days !== "number")).toEqual([]);
});

test("what strangers can call is kept from taking all of the account's concurrency", () => {
  const reserved = Object.entries(functions).flatMap(([name, { ReservedConcurrentExecutions: limit }]) =>
    limit === undefined ? [] : [[name, limit]],
  );
  expect(Object.fromEntries(reserved)).toEqual({ "bursar-webhook": 300, "bursar-api": 100 });
});

test("a young account, whose concurrency is small, can do without reservations", () => {
  const properties = synthesiseStacks("reservedConcurrency=off").ofType("AWS::Lambda::Function");
  expect(properties.filter(({ Properties }) => "ReservedConcurrentExecutions" in Properties)).toEqual([]);
});
