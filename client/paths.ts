/** Where the progress of a purchase is shown; also what Stripe returns to after payment. */
export const purchasePath = (checkoutSessionId: string) =>
  `/checkout/return?session_id=${encodeURIComponent(checkoutSessionId)}`;
