/** Every method of the secrets' adapters. */
import type { AwsPlace } from "#handlers/adapters/aws-client.ts";
import { copySigningSecret } from "#handlers/adapters/secrets-manager/copy-signing-secret.ts";
import { createSecretsClient, openSecretStore } from "#handlers/adapters/secrets-manager/secret-store.ts";
import { createSigningSecretReader } from "#handlers/adapters/secrets-manager/signing-secret.ts";
import { createApiKeyReader } from "#handlers/adapters/secrets-manager/stripe-secret.ts";
import type { createWatch } from "./watch.ts";

const NAMES = { from: "judged/stripe", to: "judged/signing" };
const keys = (signing: string) =>
  JSON.stringify({ STRIPE_SECRET_KEY: "sk_test_judged", STRIPE_WEBHOOK_SECRET: signing });

export async function exerciseSecrets(
  aws: AwsPlace,
  { watch }: ReturnType<typeof createWatch>,
): Promise<void> {
  const client = createSecretsClient(aws);
  const store = watch("secrets", openSecretStore(aws));
  const copies = watch("copies", { copy: () => copySigningSecret(openSecretStore(aws), NAMES) });
  const apiKeys = watch("api keys", createApiKeyReader(NAMES.from, client));
  const signing = watch("signing secrets", createSigningSecretReader(NAMES.to, client));

  await store.readSecret(NAMES.from);
  await store.replaceSecret(NAMES.from, "x");
  await copies.copy();
  await apiKeys.current();
  await store.createSecret(NAMES.from, keys("whsec_1"), "of the judge");
  await store.createSecret(NAMES.from, keys("whsec_2"), "of the judge");
  await copies.copy();
  await store.createSecret(NAMES.to, "{}", "of the judge");
  for (const secret of ["whsec_1", "whsec_2"]) {
    await store.replaceSecret(NAMES.from, keys(secret));
    await copies.copy();
    await copies.copy();
    await signing.current();
    await signing.refreshed();
  }
  await apiKeys.current();
  await apiKeys.refreshed();
  await store.readSecret(NAMES.to);
}
