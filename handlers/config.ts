/** The configuration of every handler. `AWS_ENDPOINT_URL`, the region and credentials are read by the AWS SDK itself. */
import * as z from "zod/mini";
import en from "zod/v4/locales/en.js";
import { checkoutSettings } from "./checkout-options.ts";

// Operators read what is wrong with their settings, and zod/mini on its own has no words for it.
z.config(en());

const text = z.string().check(z.minLength(1));
const url = z.url();

const EDUCATION_TABLE_NAME = text;
const STATE_MACHINE_ARN = z
  .string()
  .check(z.regex(/^arn:[^:]+:states:[^:]+:\d{12}:stateMachine:.+$/, "must be a state machine's ARN"));
const OVERFLOW_QUEUE_URL = url;
/** Name or ARN of the secret with STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET, which people write. */
const STRIPE_SECRET_ID = text;
/** Name or ARN of the webhook's own, with what verifies an event and nothing else. */
const SIGNING_SECRET_ID = text;
/** Where Stripe's API is, when it is not at Stripe: `http://localhost:12111`. */
const STRIPE_API_BASE = z.optional(url);
/** Where students reach the client; checkout returns there. */
const CLIENT_URL = url;

/** Marks at Stripe what is ours: `bursar`, or `bursar-staging`. */
const DEPLOYMENT_NAME = text;

/** What each function needs, and nothing else. */
export const webhookSettings = z.object({
  STATE_MACHINE_ARN,
  OVERFLOW_QUEUE_URL,
  SIGNING_SECRET_ID,
  DEPLOYMENT_NAME,
});
export const overflowQueueSettings = z.object({
  STATE_MACHINE_ARN,
  EDUCATION_TABLE_NAME,
  STRIPE_SECRET_ID,
  STRIPE_API_BASE,
  DEPLOYMENT_NAME,
});
export const copySigningSecretSettings = z.object({ STRIPE_SECRET_ID, SIGNING_SECRET_ID });
export const stepSettings = z.object({
  EDUCATION_TABLE_NAME,
  STRIPE_SECRET_ID,
  STRIPE_API_BASE,
  DEPLOYMENT_NAME,
});
export const reconcileSettings = z.object({
  EDUCATION_TABLE_NAME,
  STATE_MACHINE_ARN,
  STRIPE_SECRET_ID,
  STRIPE_API_BASE,
  DEPLOYMENT_NAME,
});
export const apiSettings = z.object({
  EDUCATION_TABLE_NAME,
  STATE_MACHINE_ARN,
  STRIPE_SECRET_ID,
  STRIPE_API_BASE,
  DEPLOYMENT_NAME,
  CLIENT_URL,
  ...checkoutSettings,
});

export type WebhookSettings = z.infer<typeof webhookSettings>;
export type OverflowQueueSettings = z.infer<typeof overflowQueueSettings>;
export type CopySigningSecretSettings = z.infer<typeof copySigningSecretSettings>;
export type StepSettings = z.infer<typeof stepSettings>;
export type ReconcileSettings = z.infer<typeof reconcileSettings>;
export type ApiSettings = z.infer<typeof apiSettings>;

class ConfigurationError extends Error {
  override name = "ConfigurationError";
}

/**
 * @param source what it is that is being read, for the message
 * @throws ConfigurationError naming every fault at once, never a value
 */
export function readSettings<T>(schema: z.ZodMiniType<T>, values: unknown, source = "The environment"): T {
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join(".") || "value"}: ${issue.message}`);
  throw new ConfigurationError(`${source} is not usable. Set or correct: ${faults.join("; ")}`);
}
