/** The one event that everybody is given: of a paid checkout session that all of them take for theirs. */
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { sign, stripeEvent } from "#test/support/stripe-events.ts";
import type { Delivery } from "../purchases.ts";

/** Signed anew, since a signature is good for five minutes. */
export function createDelivery(): Delivery {
  const payload = stripeEvent({
    session: {
      // better-auth asks Stripe for the subscription and looks for its own record of it.
      mode: "subscription",
      subscription: "sub_1",
      metadata: { userId: "user-ada", courseId: "TEST-COURSE-003", subscriptionId: "1" },
    },
  });
  return { payload, signature: sign(payload, STAND_IN_STRIPE.webhookSecret) };
}
