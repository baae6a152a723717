/** Students' accounts. */
import { Duration, RemovalPolicy, type Stack, Validations } from "aws-cdk-lib";
import {
  AccountRecovery,
  FeaturePlan,
  LambdaVersion,
  UserPool,
  UserPoolOperation,
} from "aws-cdk-lib/aws-cognito";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { createHandlerFunction } from "./handler-function.ts";

const PLAN =
  "The plan with threat protection costs more per student and month than this shop needs; Essentials suffices.";

interface UserPoolProps {
  deploymentName: string;
  /** The function that completes access tokens. */
  triggerName: string;
  keepsData: boolean;
}

export function createUserPool(
  stack: Stack,
  { deploymentName, triggerName, keepsData }: UserPoolProps,
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
  const preToken = createHandlerFunction(stack, "PreToken", {
    functionName: triggerName,
    deploymentName,
    entry: "pre-token.ts",
    environment: {},
    permissions: [],
    // Cognito waits five seconds and not longer.
    timeout: Duration.seconds(5),
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
