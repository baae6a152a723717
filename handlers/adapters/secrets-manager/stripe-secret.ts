/** What functions that call Stripe read of its keys. What verifies the webhook's events is none of their business. */
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod/mini";
import { createSecretReader, type SecretReader } from "./secret-reader.ts";

export const key = z.string().check(z.trim(), z.minLength(1, "must not be blank"));

const apiKeySchema = z.object({ STRIPE_SECRET_KEY: key });

export type ApiKeyReader = SecretReader<z.infer<typeof apiKeySchema>>;

/** @param secretId name or ARN of the secret that people write */
export const createApiKeyReader = (secretId: string, client?: SecretsManagerClient): ApiKeyReader =>
  createSecretReader(secretId, apiKeySchema, client);
