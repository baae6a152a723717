/** Signing up as Cognito does it: its trigger is asked before there is an account. */
import type { PreSignUpTriggerEvent } from "aws-lambda";
import type { handler } from "#handlers/pre-sign-up.ts";
import type { SignUp } from "./students.ts";

/** Cognito's pre-sign-up trigger, as it is deployed. */
export type PreSignUpTrigger = typeof handler;

/** The pool has no number of its own here. */
const USER_POOL_ID = "us-east-1_bursar";

/** @param preSignUp all may sign up unless given */
export const askBefore =
  (preSignUp: PreSignUpTrigger | undefined): SignUp =>
  async ({ userId, email, name }) =>
    preSignUp?.({
      triggerSource: "PreSignUp_SignUp",
      userPoolId: USER_POOL_ID,
      userName: userId,
      request: { userAttributes: { email, name } },
      response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
    } as unknown as PreSignUpTriggerEvent);
