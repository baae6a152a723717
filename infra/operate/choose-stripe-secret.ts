/** Which of Stripe's keys a program is given: for whoever only looks, the one that may only read, where there is one. */
import type { AwsPlace } from "#handlers/adapters/aws-client.ts";
import { openSecretStore } from "#handlers/adapters/secrets-manager/secret-store.ts";
import { readDenied } from "#infra/command-line/explain-aws.ts";
import type { Names } from "#infra/deployment/names.ts";

/** @returns the name of the secret */
export async function chooseSecretForLooking(
  { lookingKey, stripeSecret }: Pick<Names, "lookingKey" | "stripeSecret">,
  aws?: AwsPlace,
): Promise<string> {
  try {
    return (await openSecretStore(aws).readSecret(lookingKey)) ? lookingKey : stripeSecret;
  } catch (error) {
    // A role of the account's own may have been given the one and not the other.
    if (error instanceof Error && readDenied(error)) return stripeSecret;
    throw error;
  }
}
