/** The trigger that keeps one e-mail address one student, where there is more than one way to sign in. */
import { Duration, type Stack } from "aws-cdk-lib";
import { type UserPool, UserPoolOperation } from "aws-cdk-lib/aws-cognito";
import { Policy } from "aws-cdk-lib/aws-iam";
import type { Names } from "#infra/deployment/names.ts";
import { TIMEOUT_SECONDS } from "#infra/deployment/timeouts.ts";
import { countCrashes } from "./crashes.ts";
import { createHandlerFunction } from "./handler-function.ts";
import { allow } from "./permissions.ts";

export function addPreSignUp(stack: Stack, names: Names, userPool: UserPool): void {
  const preSignUp = createHandlerFunction(stack, "PreSignUp", {
    functionName: names.functions.preSignUp,
    deploymentName: names.deployment,
    entry: "pre-sign-up.ts",
    environment: {},
    permissions: [],
    timeout: Duration.seconds(TIMEOUT_SECONDS.trigger),
    memorySize: 512,
  });
  countCrashes(preSignUp, names.functions.preSignUp);
  userPool.addTrigger(UserPoolOperation.PRE_SIGN_UP, preSignUp);
  const { statement } = allow(
    ["cognito-idp:ListUsers", "cognito-idp:AdminLinkProviderForUser"],
    userPool.userPoolArn,
  );
  // Of its own: the pool waits for the function, which would wait for its role's policy, and that for the pool.
  const policy = new Policy(stack, "PreSignUpOnStudents", { statements: [statement] });
  if (preSignUp.role) policy.attachToRole(preSignUp.role);
}
