/** Cognito's pre-token-generation trigger: puts into access tokens what the API needs to know of a student. */
import type { PreTokenGenerationV2TriggerEvent } from "aws-lambda";

/**
 * A federated account lists where it comes from, as JSON text; an account of the user pool itself lists nothing. It is
 * for statistics, so that a list that cannot be read is `unknown` and ends nobody's sign-in.
 */
function signUpMethodOf(identities: string | undefined): string {
  if (!identities) return "email";
  try {
    const [identity] = JSON.parse(identities) as { providerName: string }[];
    return identity === undefined ? "email" : identity.providerName.toLowerCase();
  } catch {
    return "unknown";
  }
}

/** Trigger version 2: version 1 reaches id tokens only, and the API accepts access tokens only. */
export const handler = async (
  event: PreTokenGenerationV2TriggerEvent,
): Promise<PreTokenGenerationV2TriggerEvent> => {
  const { email, email_verified, name, identities } = event.request.userAttributes;
  event.response = {
    claimsAndScopeOverrideDetails: {
      accessTokenGeneration: {
        claimsToAddOrOverride: {
          ...(email && { email }),
          ...(name && { name }),
          email_verified: email_verified ?? "false",
          sign_up_method: signUpMethodOf(identities),
        },
      },
    },
  };
  return event;
};
