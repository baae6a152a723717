/** What differs between the deployments of one client, which reads it from `/config.json`. */
import * as z from "zod/mini";

/** `GET /config.json`, a static file beside the client: what differs between deployments of one build. */
export const clientConfigSchema = z.object({
  /** The OIDC issuer that students sign in at, and the public client that this site is there. */
  oidcIssuer: z.url(),
  oidcClientId: z.string(),
  oidcScope: z.string(),
  /** Where signing out goes when the issuer does not announce an `end_session_endpoint` (Cognito does not). */
  signOutUrl: z.optional(z.url()),
  /** `pk_test_...` or `pk_live_...`; it is meant to be public. */
  stripePublishableKey: z.string(),
  /** Where Stripe.js is, when it is not at Stripe: offline only. */
  stripeJsUrl: z.optional(z.url()),
});
export type ClientConfig = z.infer<typeof clientConfigSchema>;
