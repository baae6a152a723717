/** The configuration of every handler. `AWS_ENDPOINT_URL`, the region and credentials are read by the AWS SDK itself. */
import * as z from "zod";

const settings = z.object({
  EDUCATION_TABLE_NAME: z.string().min(1),
  STATE_MACHINE_ARN: z
    .string()
    .regex(/^arn:[^:]+:states:[^:]+:\d{12}:stateMachine:.+$/, "must be a state machine's ARN"),
  WEBHOOK_QUEUE_URL: z.url(),
  /** Name or ARN of the secret with STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET. */
  STRIPE_SECRET_ID: z.string().min(1),
  /** Where Stripe's API is, when it is not at Stripe: `http://localhost:12111`. */
  STRIPE_API_BASE: z.url().optional(),
  /** Where students reach the client; checkout returns there. */
  CLIENT_URL: z.url(),
});

/** What each function needs, and nothing else. */
export const webhookSettings = settings.pick({
  STATE_MACHINE_ARN: true,
  WEBHOOK_QUEUE_URL: true,
  STRIPE_SECRET_ID: true,
});
export const webhookQueueSettings = settings.pick({ STATE_MACHINE_ARN: true });
export const stepSettings = settings.pick({
  EDUCATION_TABLE_NAME: true,
  STRIPE_SECRET_ID: true,
  STRIPE_API_BASE: true,
});
export const reconcileSettings = settings.pick({
  EDUCATION_TABLE_NAME: true,
  STATE_MACHINE_ARN: true,
  STRIPE_SECRET_ID: true,
  STRIPE_API_BASE: true,
});
export const apiSettings = settings.pick({
  EDUCATION_TABLE_NAME: true,
  STATE_MACHINE_ARN: true,
  STRIPE_SECRET_ID: true,
  STRIPE_API_BASE: true,
  CLIENT_URL: true,
});

export type WebhookSettings = z.infer<typeof webhookSettings>;
export type WebhookQueueSettings = z.infer<typeof webhookQueueSettings>;
export type StepSettings = z.infer<typeof stepSettings>;
export type ReconcileSettings = z.infer<typeof reconcileSettings>;
export type ApiSettings = z.infer<typeof apiSettings>;

export class ConfigurationError extends Error {
  override name = "ConfigurationError";
}

/**
 * @param source what it is that is being read, for the message
 * @throws ConfigurationError naming every fault at once, never a value
 */
export function readSettings<T>(schema: z.ZodType<T>, values: unknown, source = "The environment"): T {
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join(".") || "value"}: ${issue.message}`);
  throw new ConfigurationError(`${source} is not usable. Set or correct: ${faults.join("; ")}`);
}
