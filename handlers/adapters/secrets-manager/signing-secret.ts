/** What verifies Stripe's events, in a secret of its own: the webhook is open to anyone and must not know the API key. */
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod/mini";
import { createSecretReader, readSecret, type SecretReader } from "./secret-reader.ts";
import { key } from "./stripe-secret.ts";

const signingSecretSchema = z.object({
  /** One signing secret, or several while one is being rotated: a list, or a text with commas. */
  STRIPE_WEBHOOK_SECRET: z.pipe(
    z.transform((value: unknown) => (typeof value === "string" ? value.split(",") : value)),
    z.array(key).check(z.minLength(1, "must not be blank")),
  ),
  /** `acct_...`; only where Stripe Connect names it in events. */
  STRIPE_ACCOUNT_ID: z.optional(key),
  /** Of the keys beside which the signing secret is kept; without it no key says, and events of both are taken. */
  STRIPE_MODE: z.optional(z.enum(["test", "live"])),
});
export type SigningSecret = z.infer<typeof signingSecretSchema>;
export type SigningSecretReader = SecretReader<SigningSecret>;

/** @param secretId name or ARN of the copy */
export const createSigningSecretReader = (
  secretId: string,
  client?: SecretsManagerClient,
): SigningSecretReader => createSecretReader(secretId, signingSecretSchema, client);

/** Of Stripe's keys, of which any may be wrong or missing: a bad API key is no reason to refuse an event. */
const keysSchema = z.extend(signingSecretSchema, {
  STRIPE_SECRET_KEY: z.optional(z.unknown()),
  STRIPE_PUBLISHABLE_KEY: z.optional(z.unknown()),
});

/**
 * @param text the secret that people write
 * @returns what the webhook may know of it, as JSON
 * @throws ConfigurationError when no event can be verified with it
 */
export function signingPartOf(text: string, secretId: string): string {
  const keys = readSecret(keysSchema, text, secretId);
  const { STRIPE_WEBHOOK_SECRET, STRIPE_ACCOUNT_ID } = keys;
  const STRIPE_MODE = modeOf(keys.STRIPE_SECRET_KEY) ?? modeOf(keys.STRIPE_PUBLISHABLE_KEY);
  return JSON.stringify({ STRIPE_WEBHOOK_SECRET, STRIPE_ACCOUNT_ID, STRIPE_MODE } satisfies {
    [field in keyof SigningSecret]-?: SigningSecret[field] | undefined;
  });
}

function modeOf(apiKey: unknown): SigningSecret["STRIPE_MODE"] {
  const [, mode] = /^\s*(?:sk|rk|pk)(?:_org)?_(test|live)_/.exec(String(apiKey)) ?? [];
  return mode as SigningSecret["STRIPE_MODE"];
}
