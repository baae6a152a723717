/** The webhook's own secret, and the small function that fills it with what verifies events and with no key. */
import { Duration, RemovalPolicy, type Stack, Validations } from "aws-cdk-lib";
import { type EventPattern, Match, Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { Function as HandlerFunction } from "aws-cdk-lib/aws-lambda";
import { CfnSecret } from "aws-cdk-lib/aws-secretsmanager";
import { Trigger } from "aws-cdk-lib/triggers";
import type { CopySigningSecretSettings } from "#handlers/config.ts";
import type { Names } from "#infra/deployment/names.ts";
import { SIGNING_SECRET_COPY } from "#infra/deployment/signing-secret-copy.ts";
import { createHandlerFunction } from "./handler-function.ts";
import { allow, allowReadingSecret } from "./permissions.ts";

/** @returns the function, and what the webhook must wait for: by then the copy is made, if there is anything to copy */
export function createSigningSecretCopy(stack: Stack, names: Names) {
  const secret = createSecret(stack, names);
  const copy = createHandlerFunction(stack, "CopySigningSecret", {
    functionName: names.functions.copySigningSecret,
    deploymentName: names.deployment,
    entry: "copy-signing-secret.ts",
    environment: {
      STRIPE_SECRET_ID: names.stripeSecret,
      SIGNING_SECRET_ID: names.signingSecret,
    } satisfies CopySigningSecretSettings,
    permissions: [
      allowReadingSecret(stack, names.stripeSecret),
      allow(["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"], secret.ref),
    ],
    timeout: Duration.seconds(SIGNING_SECRET_COPY.timeoutSeconds),
  });
  Validations.of(copy).acknowledge({
    id: "Annotation::@aws-cdk/aws-lambda:addPermissionsToVersionOrAlias",
    reason: "Rules invoke the function itself; only the trigger invokes a version of it.",
  });
  runAfterwards(stack, names, copy);
  const atDeployment = new Trigger(stack, "CopyAtDeployment", {
    handler: copy,
    timeout: Duration.seconds(SIGNING_SECRET_COPY.timeoutSeconds),
    executeAfter: [secret],
  });
  return { copySigningSecret: copy, atDeployment };
}

/** Without a value: CloudFormation would write it again whenever the template's changes. */
function createSecret(stack: Stack, { signingSecret, stripeSecret }: Names): CfnSecret {
  const secret = new CfnSecret(stack, "SigningSecret", {
    name: signingSecret,
    description: `Bursar: what verifies Stripe's events, copied from ${stripeSecret}`,
  });
  // All that is in it can be copied again.
  secret.applyRemovalPolicy(RemovalPolicy.DESTROY);
  Validations.of(secret).acknowledge({
    id: "AwsSolutions-SMG4",
    reason: "Stripe makes signing secrets; npm run stripe:setup rotates them, and the copy follows.",
  });
  return secret;
}

function runAfterwards(stack: Stack, { stripeSecret }: Names, copy: HandlerFunction): void {
  const target = new LambdaFunction(copy, { retryAttempts: 2, maxEventAge: Duration.minutes(5) });
  const everyFewMinutes = Schedule.rate(Duration.minutes(SIGNING_SECRET_COPY.everyMinutes));
  const schedule = new Rule(stack, "CopyEveryFewMinutes", { schedule: everyFewMinutes });
  schedule.addTarget(target);
  // Comes only to accounts whose CloudTrail has a trail; those without wait for the schedule.
  const written: EventPattern = {
    source: ["aws.secretsmanager"],
    detailType: ["AWS API Call via CloudTrail"],
    detail: {
      eventName: ["PutSecretValue", "UpdateSecret", "RestoreSecret", "UpdateSecretVersionStage"],
      requestParameters: {
        // A name or an ARN, as whoever wrote has called it.
        secretId: Match.wildcard(`*${stripeSecret}*`),
      },
    },
  };
  const whenWritten = new Rule(stack, "CopyWhenWritten", { eventPattern: written });
  whenWritten.addTarget(target);
}
