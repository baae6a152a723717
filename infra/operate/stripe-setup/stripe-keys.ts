/** Which keys Stripe is set up with, and whether they fit together. */
import * as z from "zod";
import type { OperatorEnvironment } from "../settings.ts";
import type { StoredStripeSecret } from "./stripe-secret.ts";

type Mode = "test" | "live";

export interface StripeKeys {
  secretKey: string;
  publishableKey: string;
  /** May only read; undefined: what is stored stays. */
  lookingKey?: string | undefined;
  mode: Mode;
}

const secretKeySchema = z.string().regex(/^(sk|rk)_(test|live)_\S+$/);
const publishableKeySchema = z.string().regex(/^pk_(test|live)_\S+$/);

const lookingKeySchema = z.string().regex(/^rk_(test|live)_\S+$/);

const modeOf = (key: string): Mode => (key.includes("_live_") ? "live" : "test");

/**
 * The environment's keys, or else those that are stored.
 * @throws Error naming the variable to set, never a key
 */
export function chooseKeys(
  environment: Pick<
    OperatorEnvironment,
    "STRIPE_SECRET_KEY" | "STRIPE_PUBLISHABLE_KEY" | "STRIPE_LOOKING_KEY"
  >,
  stored: StoredStripeSecret | undefined,
): StripeKeys {
  const secretKey = environment.STRIPE_SECRET_KEY || stored?.STRIPE_SECRET_KEY;
  const publishableKey = environment.STRIPE_PUBLISHABLE_KEY || stored?.STRIPE_PUBLISHABLE_KEY;
  if (!secretKeySchema.safeParse(secretKey).success)
    throw new Error("Set STRIPE_SECRET_KEY to the account's secret key (sk_test_... or sk_live_...).");
  if (!publishableKeySchema.safeParse(publishableKey).success)
    throw new Error(
      "Set STRIPE_PUBLISHABLE_KEY to the account's publishable key (pk_test_... or pk_live_...).",
    );
  const keys = { secretKey: secretKey ?? "", publishableKey: publishableKey ?? "" };
  const mode = modeOf(keys.secretKey);
  if (modeOf(keys.publishableKey) !== mode) {
    throw new Error(
      `The secret key is a ${mode} key and the publishable key is not. Take both from the same mode of Stripe's dashboard.`,
    );
  }
  return { ...keys, ...chooseLookingKey(environment, mode), mode };
}

function chooseLookingKey(
  { STRIPE_LOOKING_KEY: lookingKey }: Pick<OperatorEnvironment, "STRIPE_LOOKING_KEY">,
  mode: Mode,
): Pick<StripeKeys, "lookingKey"> {
  if (!lookingKey) return {};
  if (lookingKeySchema.safeParse(lookingKey).success && modeOf(lookingKey) === mode) return { lookingKey };
  throw new Error(
    `STRIPE_LOOKING_KEY must be a restricted key of ${mode} mode (rk_${mode}_...) that Stripe's dashboard lets only read.`,
  );
}
