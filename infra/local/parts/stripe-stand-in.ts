/** Whatever plays Stripe, delivering its events to this stack's webhook. */
import path from "node:path";
import { WEBHOOK_EVENT_TYPES } from "#workflow/payment-notice.ts";
import type { StackOptions, StackUrls } from "../stack-options.ts";
import { type StripeStandIn, startStripeStandIn } from "../stripe/stand-in.ts";
import type { Part } from "./part.ts";

export const stripeStandIn = (
  { ports, dataDir, stripe }: StackOptions,
  { clientUrl, stripeUrl }: StackUrls,
): Part<StripeStandIn> => ({
  announcement: `Stripe's stand-in on ${stripeUrl}`,
  start: () =>
    startStripeStandIn({
      port: ports.stripe,
      dataDir: path.join(dataDir, "stripe"),
      secretKey: stripe.secretKey,
      publishableKey: stripe.publishableKey,
      webhook: {
        url: `${clientUrl}/api/webhooks/stripe`,
        secret: stripe.webhookSecret,
        // As `npm run stripe:setup` makes the endpoint.
        enabledEvents: WEBHOOK_EVENT_TYPES,
      },
    }),
});
