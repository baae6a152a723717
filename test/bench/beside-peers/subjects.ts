/** Who is measured beside us, and what each needs to run at the stub. */

import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { handlerEnvironmentOf } from "../load-bundle.ts";

export const PEERS = {
  express: "Express, enrolling at once",
  "express-queue": "Express, queueing",
  hono: "hono, enrolling at once",
  nest: "NestJS, enrolling at once",
  "better-auth": "better-auth's Stripe plugin",
} as const;

type PeerName = keyof typeof PEERS;
export type SubjectName = PeerName | "ours";

export const PEER_NAMES = Object.keys(PEERS) as PeerName[];
export const SUBJECTS: SubjectName[] = ["ours", ...PEER_NAMES];

const PATHS: Partial<Record<SubjectName, string>> = {
  ours: "/api/webhooks/stripe",
  "better-auth": "/api/auth/stripe/webhook",
};
export const pathOf = (name: SubjectName | "floor"): string =>
  (name !== "floor" && PATHS[name]) || "/webhook";

type Place = Parameters<typeof handlerEnvironmentOf>[0];

/** As a deployment sets it: ours reads Stripe's secret where AWS keeps it, the peers have it at hand. */
export function environmentOf(name: SubjectName | "floor", place: Place): Record<string, string> {
  const handlers = handlerEnvironmentOf(place);
  if (name === "ours") return handlers;
  return {
    ...handlers,
    TABLE_NAME: handlers.EDUCATION_TABLE_NAME,
    QUEUE_URL: handlers.OVERFLOW_QUEUE_URL,
    STRIPE_API_BASE: place.stripeUrl ?? place.awsUrl,
    STRIPE_SECRET_KEY: "sk_test_1",
    STRIPE_WEBHOOK_SECRET: STAND_IN_STRIPE.webhookSecret,
    BETTER_AUTH_SECRET: "no-session-is-ever-signed-with-this-one",
    BETTER_AUTH_TELEMETRY: "0",
  };
}
