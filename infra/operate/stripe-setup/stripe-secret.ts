/** Stripe's keys in Secrets Manager, as the handlers read them, and writing them. */
import * as z from "zod";
import type { SecretStore } from "#handlers/adapters/secrets-manager/secret-store.ts";

const trimmed = z.string().trim();

const storedSchema = z.object({
  STRIPE_SECRET_KEY: trimmed.default(""),
  STRIPE_PUBLISHABLE_KEY: trimmed.default(""),
  /** Newest first. */
  STRIPE_WEBHOOK_SECRET: z
    .preprocess((value) => (typeof value === "string" ? value.split(",") : value), z.array(trimmed))
    .transform((secrets) => secrets.filter((secret) => secret !== ""))
    .default([]),
  /** The webhook endpoint that the newest signing secret belongs to. Handlers do not look at it. */
  STRIPE_WEBHOOK_ENDPOINT_ID: trimmed.optional(),
});
export type StoredStripeSecret = z.infer<typeof storedSchema>;

/** @returns undefined when there is no such secret yet */
export async function readStripeSecret(
  secrets: SecretStore,
  name: string,
): Promise<StoredStripeSecret | undefined> {
  const text = await secrets.readSecret(name);
  if (text === undefined) return undefined;
  const result = storedSchema.safeParse(parseObject(text));
  if (result.success) return result.data;
  throw new Error(`The secret ${name} is not readable as Stripe's keys. Delete it, or correct it by hand.`);
}

export async function writeStripeSecret(
  secrets: SecretStore,
  name: string,
  value: StoredStripeSecret,
  isNew: boolean,
): Promise<void> {
  const text = JSON.stringify(value);
  await (isNew
    ? secrets.createSecret(name, text, "Bursar: Stripe's keys")
    : secrets.replaceSecret(name, text));
}

/** Under the name that whoever reads a key of Stripe's looks for. */
export async function writeLookingKey(secrets: SecretStore, name: string, lookingKey: string): Promise<void> {
  const text = JSON.stringify({ STRIPE_SECRET_KEY: lookingKey });
  const standing = await secrets.readSecret(name);
  await (standing === undefined
    ? secrets.createSecret(name, text, "Bursar: a key of Stripe's that may only read")
    : secrets.replaceSecret(name, text));
}

/** JSON.parse names what it stumbled over, and that is part of a secret. */
function parseObject(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
