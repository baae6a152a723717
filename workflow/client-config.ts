/** What differs between the deployments of one client, which reads it from `/config.json`. */
import * as z from "zod/mini";

const colour = z.string().check(z.regex(/^#[0-9a-f]{6}$/));

/** Each is legible on what it is put on; see `accent` in tokens.css. */
const accentSchema = z.object({ accent: colour, strong: colour, soft: colour, onAccent: colour });

/** Who sells the courses, as students are to see it. */
const sellerSchema = z.object({
  name: z.string(),
  /** A square picture, which the Content-Security-Policy lets in. */
  logoUrl: z.optional(z.url()),
  accent: z.optional(z.object({ light: accentSchema, dark: accentSchema })),
  /** Whom students write to: an e-mail address, or the https address of a page. */
  support: z.optional(z.string()),
  termsUrl: z.optional(z.url()),
  privacyUrl: z.optional(z.url()),
  /** Somebody hears of a purchase that cannot be finished, without the student's saying so. */
  isTold: z.optional(z.boolean()),
});
export type Seller = z.infer<typeof sellerSchema>;

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
  /** Absent: the seller goes by the product's own name. */
  seller: z.optional(sellerSchema),
});
export type ClientConfig = z.infer<typeof clientConfigSchema>;
