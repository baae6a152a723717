/** Students' accounts. */
import { Duration, RemovalPolicy, type Stack, Validations } from "aws-cdk-lib";
import {
  AccountRecovery,
  type CfnUserPool,
  FeaturePlan,
  LambdaVersion,
  UserPool,
  UserPoolOperation,
} from "aws-cdk-lib/aws-cognito";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { TIMEOUT_SECONDS } from "#infra/deployment/timeouts.ts";
import { createHandlerFunction } from "./handler-function.ts";

const PLAN =
  "The plan with threat protection costs more per student and month than this shop needs; Essentials suffices.";

interface UserPoolProps {
  deploymentName: string;
  /** The function that completes access tokens. */
  triggerName: string;
  keepsData: boolean;
  /** Undefined: Cognito's own address, for as many mails a day as it allows. */
  emailFrom: string | undefined;
}

export function createUserPool(
  stack: Stack,
  { deploymentName, triggerName, keepsData, emailFrom }: UserPoolProps,
): { userPool: UserPool; triggers: { preToken: LambdaFunction } } {
  const userPool = new UserPool(stack, "Students", {
    userPoolName: deploymentName,
    // Access tokens are customised by a trigger, which the lower plan does not have.
    featurePlan: FeaturePlan.ESSENTIALS,
    selfSignUpEnabled: true,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    keepOriginal: { email: true },
    standardAttributes: {
      email: { required: true, mutable: true },
      fullname: { required: true, mutable: true },
    },
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    deletionProtection: keepsData,
    removalPolicy: keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  if (emailFrom) sendWithSes(stack, userPool, emailFrom);
  const preToken = createHandlerFunction(stack, "PreToken", {
    functionName: triggerName,
    deploymentName,
    entry: "pre-token.ts",
    environment: {},
    permissions: [],
    timeout: Duration.seconds(TIMEOUT_SECONDS.trigger),
    memorySize: 256,
  });
  userPool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, preToken, LambdaVersion.V2_0);
  Validations.of(userPool).acknowledge(
    {
      id: "AwsSolutions-COG2",
      reason: "Students buy courses; nothing here is worth a second factor to them.",
    },
    { id: "AwsSolutions-COG3", reason: PLAN },
    { id: "AwsSolutions-COG8", reason: PLAN },
  );
  return { userPool, triggers: { preToken } };
}

/** The address's domain must be an identity of SES in this region; the CDK's own way asks for the region's name. */
function sendWithSes(stack: Stack, userPool: UserPool, emailFrom: string): void {
  const [, domain = ""] = emailFrom.split("@");
  (userPool.node.defaultChild as CfnUserPool).emailConfiguration = {
    emailSendingAccount: "DEVELOPER",
    from: `Bursar <${emailFrom}>`,
    sourceArn: stack.formatArn({ service: "ses", resource: "identity", resourceName: domain }),
  };
}
