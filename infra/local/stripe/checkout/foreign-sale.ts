/** A sale of something else in the same Stripe account: paid, and without anything by which it could be ours. */
import type Stripe from "stripe";
import * as z from "zod";
import type { State } from "../state.ts";
import type { Change } from "../store/records.ts";
import { createCheckout } from "./create-session.ts";
import { createPaymentIntent } from "./payment-intent.ts";
import { readPaymentMethod } from "./payment-method.ts";
import { pay } from "./payment-steps.ts";
import { CARDS } from "./test-numbers.ts";

export const foreignSaleSchema = z.strictObject({
  product: z.string().default("A mug"),
  /** Minor units. */
  unitAmount: z.int().positive().default(1900),
  currency: z.string().default("usd"),
  email: z.email().default("somebody@example.com"),
  /** What another shop writes on its sales. */
  metadata: z.record(z.string(), z.string()).optional(),
});

export type ForeignSale = z.infer<typeof foreignSaleSchema>;

/** @throws StripeApiError 400 when Stripe would not charge that */
export async function sellElsewhere(
  { currency, email, metadata, product, unitAmount }: ForeignSale,
  state: State,
): Promise<{ session: Stripe.Checkout.Session; change: Change }> {
  const { record, change } = await createCheckout(
    {
      mode: "payment",
      ui_mode: "embedded_page",
      redirect_on_completion: "never",
      line_items: [
        { quantity: 1, price_data: { currency, unit_amount: unitAmount, product_data: { name: product } } },
      ],
      customer_creation: "always",
      ...(metadata && { metadata }),
    },
    state,
  );
  const intent = createPaymentIntent(record);
  const paid = pay({ record, intent, method: cardInHand(), email, origin: state.origin });
  const { prices = [], products = [], events: made = [] } = change;
  const { checkouts = [], events = [] } = paid;
  return {
    session: checkouts[0]?.session ?? record.session,
    change: { ...paid, prices, products, events: [...made, ["payment_intent.created", intent], ...events] },
  };
}

function cardInHand() {
  const input = { type: "card", number: CARDS.good, expiry: "12/34", cvc: "123" } as const;
  return readPaymentMethod(input, new Date());
}
