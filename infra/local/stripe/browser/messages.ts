/** What the payment form in the iframe tells Stripe.js on the page around it. */
export type FormMessage =
  | { from: "stripe-stand-in"; type: "height"; height: number }
  /** `returnUrl` is null when the page is told instead of left. */
  | { from: "stripe-stand-in"; type: "complete"; returnUrl: string | null };
