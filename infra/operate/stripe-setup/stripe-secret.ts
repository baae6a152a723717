/** Stripe's keys in Secrets Manager, as the handlers read them, and writing them. */
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import * as z from "zod";

const text = z.string().trim();

const storedSchema = z.object({
  STRIPE_SECRET_KEY: text.default(""),
  STRIPE_PUBLISHABLE_KEY: text.default(""),
  /** Newest first. */
  STRIPE_WEBHOOK_SECRET: z
    .preprocess((value) => (typeof value === "string" ? value.split(",") : value), z.array(text))
    .transform((secrets) => secrets.filter((secret) => secret !== ""))
    .default([]),
  /** The webhook endpoint that the newest signing secret belongs to. Handlers do not look at it. */
  STRIPE_WEBHOOK_ENDPOINT_ID: text.optional(),
});
export type StoredStripeSecret = z.infer<typeof storedSchema>;

/** @returns undefined when there is no such secret yet */
export async function readStripeSecret(
  client: SecretsManagerClient,
  name: string,
): Promise<StoredStripeSecret | undefined> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
    const result = storedSchema.safeParse(parseObject(SecretString));
    if (result.success) return result.data;
    throw new Error(`The secret ${name} is not readable as Stripe's keys. Delete it, or correct it by hand.`);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

export async function writeStripeSecret(
  client: SecretsManagerClient,
  name: string,
  value: StoredStripeSecret,
  isNew: boolean,
): Promise<void> {
  const SecretString = JSON.stringify(value);
  await (isNew
    ? client.send(new CreateSecretCommand({ Name: name, SecretString, Description: "Bursar: Stripe's keys" }))
    : client.send(new PutSecretValueCommand({ SecretId: name, SecretString })));
}

/** JSON.parse names what it stumbled over, and that is part of a secret. */
function parseObject(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? "");
  } catch {
    return undefined;
  }
}
