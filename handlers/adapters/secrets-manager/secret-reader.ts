/** One secret as a function reads it: cached, refreshed after a rotation, and kept when a refresh fails. */
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type * as z from "zod/mini";
import { readSettings } from "#handlers/config.ts";
import { createAwsClient } from "../aws-client.ts";
import { PATIENCE } from "../patience.ts";

export interface SecretReader<Secret> {
  current(): Promise<Secret>;
  /** For a signature that no known secret explains: fetches again, after this call, within what forgeries may cost. */
  refreshed(): Promise<Secret>;
}

/** The secret does not exist, or has no value yet, as the webhook's has before `npm run stripe:setup` has run. */
class SecretMissing extends Error {
  override name = "SecretMissing";
}

const CACHE_SECONDS = 300;
/** Bounds what a stream of forged signatures can cost, and lets the deliveries of a rotation through without a wait. */
const REFRESHES = { most: 5, withinMs: 10_000 };

/**
 * @param secretId name or ARN of the secret
 * @param schema what is kept of it; all else is forgotten as soon as it is read
 */
export function createSecretReader<Secret>(
  secretId: string,
  schema: z.ZodMiniType<Secret>,
  client = createAwsClient(SecretsManagerClient, PATIENCE.webhook),
): SecretReader<Secret> {
  let lastGood: Secret | undefined;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<Secret> | undefined;
  let refreshedAt: number[] = [];

  async function fetchSecret(): Promise<Secret> {
    try {
      const { SecretString } = await client
        .send(new GetSecretValueCommand({ SecretId: secretId }))
        .catch((error: unknown) => Promise.reject(explainMissing(error, secretId)));
      lastGood = readSecret(schema, SecretString, secretId);
    } catch (error) {
      // Secrets Manager being away is no reason to refuse a payment that the last known secret still verifies.
      if (!lastGood) throw error;
    }
    fetchedAt = Date.now();
    return lastGood;
  }

  const fetchShared = (): Promise<Secret> => {
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

/** @throws ConfigurationError naming the fields at fault, never a value */
export function readSecret<Secret>(
  schema: z.ZodMiniType<Secret>,
  text: string | undefined,
  secretId: string,
): Secret {
  return readSettings(schema, parseObject(text), `The secret ${secretId}`);
}

function explainMissing(error: unknown, secretId: string): unknown {
  if (!(error instanceof Error) || error.name !== "ResourceNotFoundException") return error;
  return new SecretMissing(`the secret ${secretId} has no value yet; npm run stripe:setup gives it one`);
}

/** JSON.parse names what it stumbled over, and that is part of a secret. */
function parseObject(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
