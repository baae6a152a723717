/** Stripe's keys, from Secrets Manager: cached, refreshed after a rotation, and kept when a refresh fails. */
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod/mini";
import { readSettings } from "#handlers/config.ts";
import { type AwsPlace, createAwsClient } from "../aws-client.ts";
import { PATIENCE } from "../patience.ts";

const key = z.string().check(z.trim(), z.minLength(1, "must not be blank"));

const stripeSecretSchema = z.object({
  STRIPE_SECRET_KEY: key,
  STRIPE_PUBLISHABLE_KEY: key,
  /** `acct_...`; only where Stripe Connect names it in events. */
  STRIPE_ACCOUNT_ID: z.optional(key),
  /** One signing secret, or several while one is being rotated: a list, or a text with commas. */
  STRIPE_WEBHOOK_SECRET: z.pipe(
    z.transform((value: unknown) => (typeof value === "string" ? value.split(",") : value)),
    z.array(key).check(z.minLength(1, "must not be blank")),
  ),
});
export type StripeSecret = z.infer<typeof stripeSecretSchema>;

export interface StripeSecretReader {
  current(): Promise<StripeSecret>;
  /** For a signature that no known secret explains: fetches again, after this call, within what forgeries may cost. */
  refreshed(): Promise<StripeSecret>;
}

const CACHE_SECONDS = 300;
/** Bounds what a stream of forged signatures can cost, and lets the deliveries of a rotation through without a wait. */
const REFRESHES = { most: 5, withinMs: 10_000 };

/** For operators, whom nobody waits for. */
export const createSecretsClient = (aws: AwsPlace = {}) =>
  createAwsClient(SecretsManagerClient, PATIENCE.background, aws);

/** @param secretId name or ARN of the secret */
export function createStripeSecretReader(
  secretId: string,
  client = createAwsClient(SecretsManagerClient, PATIENCE.webhook),
): StripeSecretReader {
  let lastGood: StripeSecret | undefined;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<StripeSecret> | undefined;
  let refreshedAt: number[] = [];

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

  const fetchShared = (): Promise<StripeSecret> => {
    underWay ??= fetchSecret().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };

  return {
    async current() {
      if (lastGood && Date.now() - fetchedAt < CACHE_SECONDS * 1000) return lastGood;
      return fetchShared();
    },

    async refreshed() {
      // A fetch that began before this call may bring what was there before the rotation.
      await underWay?.catch(() => undefined);
      if (underWay) return underWay;
      const now = Date.now();
      refreshedAt = refreshedAt.filter((at) => now - at < REFRESHES.withinMs);
      if (lastGood && refreshedAt.length >= REFRESHES.most) return lastGood;
      refreshedAt.push(now);
      return fetchShared();
    },
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
