/** Addresses that more than one part of the client, or somebody outside it, has to know. */

/** Where the issuer sends students back to. */
export const SIGN_IN_CALLBACK_PATH = "/sign-in/callback";

export const checkoutPath = (courseId: string) => `/checkout/${encodeURIComponent(courseId)}`;

/** Where the progress of a purchase is shown; also what Stripe returns to after payment. */
export const purchasePath = (checkoutSessionId: string) =>
  `/checkout/return?session_id=${encodeURIComponent(checkoutSessionId)}`;
