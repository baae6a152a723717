/** What the one-machine deployment can be told by the environment: ports, where data lives, whose Stripe it talks to, who sells. */
import path from "node:path";
import * as z from "zod";
import { type CheckoutSettings, checkoutSettings } from "#handlers/checkout-options.ts";
import { SELLER_VARIABLES, toSeller } from "#infra/deployment/seller.ts";
import { STAND_IN_KEY } from "#infra/one-machine/stand-in-stripe.ts";
import type { Seller } from "#workflow/client-config.ts";

const port = (fallback: number) =>
  z.coerce
    .number({ error: "must be a port number" })
    .int("must be a port number")
    .min(1, "must be a port number")
    .max(65_535, "must be a port number")
    .default(fallback);

const checkoutSchema = z.object(checkoutSettings);

const environmentSchema = checkoutSchema.extend({
  PORT: port(3000),
  AWS_PORT: port(4566),
  STRIPE_PORT: port(12_111),
  AUTH_PORT: port(9080),
  CONSOLE_PORT: port(4567),
  BURSAR_DATA_DIR: z.string().min(1).default(".bursar"),
  ...SELLER_VARIABLES,
  STRIPE_SECRET_KEY: z
    .string()
    .refine(
      (key) => !/^(sk|rk)_live_/.test(key),
      "is a live key; this stack takes test keys only (sk_test_...)",
    )
    .refine((key) => /^(sk|rk)_(test|live)_\S+$/.test(key), "must be a Stripe test key (sk_test_...)")
    .optional(),
  STRIPE_PUBLISHABLE_KEY: z.string().startsWith("pk_test_", "must be a test key (pk_test_...)").optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .startsWith("whsec_", "must be the signing secret that stripe listen prints")
    .optional(),
});

export const LOCAL_VARIABLES = Object.keys(environmentSchema.shape);

export interface Ports {
  http: number;
  aws: number;
  stripe: number;
  signIn: number;
  console: number;
}

/** `standIn`: Stripe is played on this machine. Otherwise these are the keys of a Stripe account in test mode. */
export interface StripeSettings {
  standIn: boolean;
  secretKey: string;
  publishableKey: string;
  webhookSecret: string;
}

export interface LocalSettings {
  ports: Ports;
  dataDir: string;
  stripe: StripeSettings;
  /** What its checkouts have beside a course and its price; nothing unless given. */
  checkout?: CheckoutSettings;
  /** As students see it; undefined: the product itself. */
  seller?: Seller;
}

/** Something that the person who starts the stack can put right; its message is one sentence that says how. */
export class LocalSetupError extends Error {
  override name = "LocalSetupError";
}

/** Made up, and good for nothing but the stand-in. */
export const STAND_IN_STRIPE: StripeSettings = {
  standIn: true,
  secretKey: STAND_IN_KEY,
  publishableKey: "pk_test_bursar_local",
  webhookSecret: "whsec_bursar_local_signing_secret",
};

/** @throws LocalSetupError naming every fault at once */
export function readLocalSettings(environment: Record<string, string | undefined>): LocalSettings {
  const withoutBlanks = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const result = environmentSchema.safeParse(withoutBlanks);
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
    throw new LocalSetupError(`The environment cannot be used: ${faults.join("; ")}.`);
  }
  const values = result.data;
  return {
    ports: {
      http: values.PORT,
      aws: values.AWS_PORT,
      stripe: values.STRIPE_PORT,
      signIn: values.AUTH_PORT,
      console: values.CONSOLE_PORT,
    },
    dataDir: path.resolve(values.BURSAR_DATA_DIR),
    stripe: stripeSettings(values),
    checkout: checkoutSchema.parse(values),
    seller: sellerSettings(values),
  };
}

/** Nobody is told of what goes wrong on one machine but whoever looks at it. */
const sellerSettings = (values: z.infer<typeof environmentSchema>): Seller =>
  toSeller(
    {
      sellerName: values.SELLER_NAME,
      sellerLogo: values.SELLER_LOGO,
      sellerAccent: values.SELLER_ACCENT,
      sellerSupport: values.SELLER_SUPPORT,
      sellerTerms: values.SELLER_TERMS,
      sellerPrivacy: values.SELLER_PRIVACY,
    },
    false,
  );

function stripeSettings(values: z.infer<typeof environmentSchema>): StripeSettings {
  const { STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET } = values;
  if (!STRIPE_SECRET_KEY) return STAND_IN_STRIPE;
  if (!STRIPE_PUBLISHABLE_KEY || !STRIPE_WEBHOOK_SECRET) {
    throw new LocalSetupError(
      "With STRIPE_SECRET_KEY, set STRIPE_PUBLISHABLE_KEY (pk_test_...) and STRIPE_WEBHOOK_SECRET (whsec_..., printed by `stripe listen`) too.",
    );
  }
  return {
    standIn: false,
    secretKey: STRIPE_SECRET_KEY,
    publishableKey: STRIPE_PUBLISHABLE_KEY,
    webhookSecret: STRIPE_WEBHOOK_SECRET,
  };
}
