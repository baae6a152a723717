/** Stripe's keys, from Secrets Manager: cached, refreshed after a rotation, and kept when a refresh fails. */
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { readSettings } from "../config.ts";

const key = z.string().trim().min(1, "must not be blank");

const stripeSecretSchema = z.object({
  STRIPE_SECRET_KEY: key,
  STRIPE_PUBLISHABLE_KEY: key,
  /** One signing secret, or several while one is being rotated: a list, or a text with commas. */
  STRIPE_WEBHOOK_SECRET: z.preprocess(
    (value) => (typeof value === "string" ? value.split(",") : value),
    z.array(key).min(1, "must not be blank"),
  ),
});
export type StripeSecret = z.infer<typeof stripeSecretSchema>;

export interface StripeSecretReader {
  current(): Promise<StripeSecret>;
  /** For a signature that no known secret explains: fetches again unless that was done a moment ago. */
  refreshed(): Promise<StripeSecret>;
}

const CACHE_SECONDS = 300;
/** Bounds what a stream of forged signatures can cost. */
const REFRESH_INTERVAL_MS = 2_000;

/** @param secretId name or ARN of the secret */
export function createStripeSecretReader(
  secretId: string,
  client = new SecretsManagerClient({}),
): StripeSecretReader {
  let lastGood: StripeSecret | undefined;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<StripeSecret> | undefined;

  async function fetchSecret(): Promise<StripeSecret> {
    try {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
      lastGood = readSettings(stripeSecretSchema, parseObject(SecretString), `The secret ${secretId}`);
    } catch (error) {
      // Secrets Manager being away is no reason to refuse a payment that the last known secret still verifies.
      if (!lastGood) throw error;
    }
    fetchedAt = Date.now();
    return lastGood;
  }

  const readWithin = async (maxAgeMs: number): Promise<StripeSecret> => {
    if (lastGood && Date.now() - fetchedAt < maxAgeMs) return lastGood;
    underWay ??= fetchSecret().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };

  return {
    current: () => readWithin(CACHE_SECONDS * 1000),
    refreshed: () => readWithin(REFRESH_INTERVAL_MS),
  };
}

/** JSON.parse names what it stumbled over, and that is part of a secret. */
function parseObject(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
