/** A checkout session as the API answers it. */
import type Stripe from "stripe";
import type { Knobs } from "../control/knobs.ts";
import type { CheckoutRecord } from "../store/records.ts";

/** With the client secret while it is open, and the line items when they are asked for. */
export function presentCheckout(
  record: CheckoutRecord,
  paths: string[] | undefined,
  { sessionsWithoutStatus }: Knobs,
): Stripe.Checkout.Session {
  const { clientSecret, lineItems, session } = record;
  const wantsLineItems = paths?.some((path) => path.split(".").includes("line_items"));
  return {
    ...session,
    ...(sessionsWithoutStatus.includes(record.id) && { status: null }),
    client_secret: session.status === "open" ? clientSecret : null,
    ...(wantsLineItems && {
      line_items: {
        object: "list" as const,
        data: lineItems,
        has_more: false,
        url: `/v1/checkout/sessions/${record.id}/line_items`,
      },
    }),
  };
}
