/** Stripe as a payment provider: embedded checkout sessions in payment mode. */
import type { Stripe } from "stripe";
import type { CheckoutSession, PaymentProvider } from "#workflow/ports/payments.ts";
import { isMissing, isStripeError } from "./errors.ts";
import { fit } from "./fit.ts";
import { isOurs } from "./ours.ts";
import { explainRefusal, refused } from "./refusals.ts";
import { type CheckoutPlace, idempotencyKey, sessionParams } from "./session-params.ts";
import { toCheckoutSession } from "./to-checkout-session.ts";

/** Cognito lets a name have 2048 characters. */
const LONGEST_CUSTOMER_NAME = 256;

/** For the students' API, which opens sessions. */
export function createStripeCheckout(stripe: () => Promise<Stripe>, place: CheckoutPlace): PaymentProvider {
  return {
    ...createStripeSessions(stripe, place.deploymentName),

    async openCheckout(request) {
      const { checkout } = await stripe();
      const params = sessionParams(request, place);
      try {
        const key = idempotencyKey(request, params);
        return toCheckoutSession(await checkout.sessions.create(params, { idempotencyKey: key }));
      } catch (error) {
        throw explainRefusal(error);
      }
    },

    async updateCustomer(customerId, { email, name }) {
      const { customers } = await stripe();
      try {
        await customers.update(customerId, { email, name: fit(name, LONGEST_CUSTOMER_NAME) });
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        // Stripe's own message repeats the address.
        throw isStripeError(error, "StripeInvalidRequestError") ? refused("customer", error) : error;
      }
    },

    async findReceipt(checkoutSessionId) {
      const { checkout } = await stripe();
      const expand = ["invoice", "payment_intent.latest_charge"];
      const { invoice, payment_intent: payment } = await checkout.sessions.retrieve(checkoutSessionId, {
        expand,
      });
      const invoiceUrl = typeof invoice === "object" ? invoice?.hosted_invoice_url : undefined;
      const charge = typeof payment === "object" ? payment?.latest_charge : undefined;
      return invoiceUrl ?? (typeof charge === "object" ? charge?.receipt_url : undefined) ?? undefined;
    },
  };
}

type StripeSessions = Pick<
  PaymentProvider,
  "findCheckout" | "expireCheckout" | "findCheckoutByPayment" | "findAmountRefunded"
>;

/** What can be done with sessions that are there, for whoever opens none. */
export function createStripeSessions(stripe: () => Promise<Stripe>, deploymentName: string): StripeSessions {
  const toOurs = (session: Stripe.Checkout.Session | undefined): CheckoutSession | undefined =>
    session && isOurs(session.metadata, deploymentName) ? toCheckoutSession(session) : undefined;

  async function findCheckout(checkoutSessionId: string): Promise<CheckoutSession | undefined> {
    const { checkout } = await stripe();
    try {
      const expand = ["payment_intent"];
      return toOurs(await checkout.sessions.retrieve(checkoutSessionId, { expand }));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  return {
    findCheckout,

    async findAmountRefunded(checkoutSessionId) {
      const { checkout } = await stripe();
      const expand = ["payment_intent.latest_charge"];
      const { payment_intent: payment } = await checkout.sessions.retrieve(checkoutSessionId, { expand });
      const charge = typeof payment === "object" ? payment?.latest_charge : undefined;
      return typeof charge === "object" ? (charge?.amount_refunded ?? 0) : 0;
    },

    async findCheckoutByPayment(paymentIntentId) {
      const { checkout } = await stripe();
      const { data } = await checkout.sessions.list({ payment_intent: paymentIntentId, limit: 1 });
      return toOurs(data[0]);
    },

    async expireCheckout(checkoutSessionId) {
      const { checkout } = await stripe();
      try {
        await checkout.sessions.expire(checkoutSessionId);
      } catch (error) {
        // Stripe has no code for what is no longer open, so it is asked: somebody was faster, which is what was wanted.
        if (!isStripeError(error, "StripeInvalidRequestError")) throw error;
        if ((await findCheckout(checkoutSessionId))?.status === "open") throw error;
      }
    },
  };
}
