/** Cognito's pre-sign-up trigger: one address is one student, who may come with a password or with Google. */
import type { PreSignUpTriggerEvent } from "aws-lambda";
import { composePreSignUp, type PreSignUpPorts } from "./composition.ts";
import { describeError } from "./error-facts.ts";
import { countMetric, createLogger } from "./telemetry.ts";

type Account = Awaited<ReturnType<PreSignUpPorts["accounts"]["findByEmail"]>>[number];

const logger = createLogger("pre-sign-up");

/** Cognito shows the message to the student. */
class SignUpRefused extends Error {
  override name = "SignUpRefused";
}

const REFUSALS = {
  usesProvider: "This e-mail address signs in with Google. Please choose to continue with Google.",
  usesPassword: "This e-mail address has an account with a password. Please sign in with that.",
  notNow: "Signing up is not possible right now. Please try again in a moment.",
};

export function createPreSignUp({ accounts }: PreSignUpPorts) {
  /** Both must have proved to read the address: else whoever signed up first with it would get the other's courses. */
  async function welcome({ userPoolId, userName, request }: PreSignUpTriggerEvent, known: Account[]) {
    const isVerified = request.userAttributes["email_verified"] === "true";
    const account = known.find(({ isEmailVerified }) => isEmailVerified);
    const [, provider, subject] = /^([^_]+)_(.+)$/.exec(userName) ?? [];
    if (!account) return;
    if (!isVerified || account.isFederated || !provider || !subject) {
      throw new SignUpRefused(account.isFederated ? REFUSALS.usesProvider : REFUSALS.usesPassword);
    }
    await accounts.link(userPoolId, account, { provider: capitalised(provider), subject });
    logger.info("linked to the account that has the address");
  }

  /** @throws SignUpRefused when the address is somebody's already and cannot be linked, or that cannot be known now */
  return async (event: PreSignUpTriggerEvent): Promise<PreSignUpTriggerEvent> => {
    const { triggerSource, userPoolId, request } = event;
    const email = request.userAttributes["email"];
    if (!email || triggerSource === "PreSignUp_AdminCreateUser") return event;
    try {
      const known = await accounts.findByEmail(userPoolId, email);
      if (triggerSource === "PreSignUp_ExternalProvider") await welcome(event, known);
      else if (known.some(({ isFederated }) => isFederated)) throw new SignUpRefused(REFUSALS.usesProvider);
    } catch (error) {
      if (error instanceof SignUpRefused) throw error;
      countMetric("SignUpFailed");
      // Not its message, which may repeat the address.
      const { errorName, dependency } = describeError(error);
      logger.error("accounts cannot be looked at", { errorName, dependency });
      throw new SignUpRefused(REFUSALS.notNow);
    }
    return event;
  };
}

/** Cognito may write the provider small before the number, and compares it exactly. */
const capitalised = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

export const handler = createPreSignUp(composePreSignUp());
