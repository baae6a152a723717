/** The HTTP API's routes with the two functions behind them: the webhook for Stripe, and the students' API. */
import { Duration, type Stack } from "aws-cdk-lib";
import { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { ApiSettings, WebhookSettings } from "#handlers/config.ts";
import { TIMEOUT_SECONDS } from "#infra/deployment/timeouts.ts";
import { createHandlerFunction } from "../parts/handler-function.ts";
import { createHttpRoutes } from "../parts/http-routes.ts";
import { createHttpStage } from "../parts/http-stage.ts";
import { allow, allowEnrollmentExecutions, allowOnTable, allowReadingSecret } from "../parts/permissions.ts";
import { createSigningSecretCopy } from "../parts/signing-secret-copy.ts";
import { RESERVED_CONCURRENCY } from "../reserved-concurrency.ts";
import type { Issuer } from "./identity.ts";
import { createStack, type StackSettings } from "./settings.ts";

interface ApiParts {
  httpApiId: string;
  clientUrl: string;
  issuer: Issuer;
  table: TableV2;
  stateMachine: StateMachine;
  /** By which executions are started. */
  liveArn: string;
  overflowQueue: IQueue;
}

export function createApiStack(settings: StackSettings, parts: ApiParts) {
  const { deployment } = settings;
  const stack = createStack(settings, "Api", "the HTTP API's routes and their functions");
  const reserved = deployment.reservedConcurrency === "on" ? RESERVED_CONCURRENCY : undefined;
  const webhook = createWebhook(stack, settings, parts, reserved?.webhook);
  // One that waits for nobody's copy would refuse what Stripe delivers meanwhile.
  const { copySigningSecret, atDeployment } = createSigningSecretCopy(stack, settings.names);
  atDeployment.executeBefore(webhook);
  const api = createStudentsApi(stack, settings, parts, reserved?.api);

  const { httpApiId } = parts;
  const httpApi = HttpApi.fromHttpApiAttributes(stack, "HttpApi", { httpApiId });
  const routes = createHttpRoutes(stack, { httpApi, issuer: parts.issuer, webhook, api });
  const accessLog = createHttpStage(stack, { httpApi, routes, deploymentName: settings.names.deployment });
  return { webhook, accessLog, functions: { webhook, api, copySigningSecret } };
}

function createWebhook(
  stack: Stack,
  { names }: StackSettings,
  parts: ApiParts,
  reserved: number | undefined,
) {
  const { stateMachine, liveArn, overflowQueue } = parts;
  return createHandlerFunction(stack, "Webhook", {
    functionName: names.functions.webhook,
    deploymentName: names.deployment,
    entry: "webhook.ts",
    environment: {
      STATE_MACHINE_ARN: liveArn,
      OVERFLOW_QUEUE_URL: overflowQueue.queueUrl,
      SIGNING_SECRET_ID: names.signingSecret,
      DEPLOYMENT_NAME: names.deployment,
    } satisfies WebhookSettings,
    // Another role than earlier versions had: theirs could read Stripe's keys, and must be able to until they are replaced.
    roleId: "WebhookSignatureRole",
    permissions: [
      ...allowEnrollmentExecutions(stateMachine, names.stateMachine, "RedriveExecution", "DescribeExecution"),
      allow(["sqs:SendMessage"], overflowQueue.queueArn),
      // Never Stripe's keys: strangers' requests come here.
      allowReadingSecret(stack, names.signingSecret),
    ],
    timeout: Duration.seconds(TIMEOUT_SECONDS.webhook),
    reservedConcurrentExecutions: reserved,
  });
}

function createStudentsApi(
  stack: Stack,
  { names, deployment }: StackSettings,
  { table, clientUrl, stateMachine, liveArn }: ApiParts,
  reserved: number | undefined,
) {
  return createHandlerFunction(stack, "Api", {
    functionName: names.functions.api,
    deploymentName: names.deployment,
    entry: "api.ts",
    environment: {
      EDUCATION_TABLE_NAME: table.tableName,
      STATE_MACHINE_ARN: liveArn,
      STRIPE_SECRET_ID: names.stripeSecret,
      DEPLOYMENT_NAME: names.deployment,
      CLIENT_URL: clientUrl,
      CHECKOUT_PROMOTION_CODES: deployment.promotionCodes,
      CHECKOUT_TAX: deployment.tax,
      CHECKOUT_TAX_IDS: deployment.taxIds,
      CHECKOUT_INVOICES: deployment.invoices,
      CHECKOUT_TERMS: deployment.terms,
    } satisfies ApiSettings,
    permissions: [
      allowOnTable(table, "GetItem", "BatchGetItem", "PutItem", "UpdateItem", "Query"),
      allow(["dynamodb:Query"], `${table.tableArn}/index/GSI1`),
      ...allowEnrollmentExecutions(stateMachine, names.stateMachine, "DescribeExecution"),
      allowReadingSecret(stack, names.stripeSecret),
    ],
    timeout: Duration.seconds(TIMEOUT_SECONDS.api),
    memorySize: 1024,
    reservedConcurrentExecutions: reserved,
  });
}
