/** Holes in what the function that strangers reach may know of Stripe's keys. */
import type { Hole } from "./hole.ts";

export const SECRET_HOLES: Hole[] = [
  {
    attack: "webhook: the API key",
    hole: "the webhook's role may read the secret that people write",
    file: "infra/aws/stacks/api.ts",
    replace: "allowReadingSecret(stack, names.signingSecret)",
    by: "allowReadingSecret(stack, names.signingSecret), allowReadingSecret(stack, names.stripeSecret)",
    test: {
      file: "test/infra/aws/stacks/functions.test.ts",
      title: "bursar-webhook may do what it must and nothing else",
    },
  },
  {
    attack: "webhook: the API key",
    hole: "all that people write is copied into the webhook's secret",
    file: "handlers/adapters/secrets-manager/signing-secret.ts",
    replace: "JSON.stringify({ STRIPE_WEBHOOK_SECRET,",
    by: "JSON.stringify({ ...JSON.parse(text), STRIPE_WEBHOOK_SECRET,",
    test: {
      file: "test/handlers/adapters/secrets-manager/copy-signing-secret.test.ts",
      title: "has the signing secrets, the mode and the account, and no key of any kind",
    },
  },
  {
    attack: "webhook: the API key",
    hole: "a function keeps all of the secret that it has read",
    file: "handlers/adapters/secrets-manager/stripe-secret.ts",
    replace: "z.object({ STRIPE_SECRET_KEY: key })",
    by: "z.looseObject({ STRIPE_SECRET_KEY: key })",
    test: {
      file: "test/handlers/adapters/secrets-manager/secret-reader.test.ts",
      title: "is forgotten but for what its reader is for",
    },
  },
];
