/** The charge that a refund, a dispute or a rehearsal is about. */
import type Stripe from "stripe";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { findRecord } from "../find-record.ts";
import { idOf, type Records } from "../store/records.ts";

/** @throws StripeApiError 400 when there is none */
export async function findCharge(
  wanted: { charge?: string | undefined; payment_intent?: string | undefined },
  records: Records,
): Promise<Stripe.Charge> {
  if (wanted.charge !== undefined) {
    const charge = await records.charges.find(wanted.charge);
    if (!charge) throw resourceMissing("charge", wanted.charge, "charge");
    return charge;
  }
  const intentId = wanted.payment_intent;
  if (intentId === undefined) {
    throw invalidRequest(
      "One of the following params should be provided for this request: payment_intent or charge.",
    );
  }
  const intent = await records.paymentIntents.find(intentId);
  if (!intent) throw resourceMissing("payment_intent", intentId, "payment_intent");
  const charge = await records.charges.find(idOf(intent.latest_charge) ?? "");
  if (!charge?.paid) {
    throw invalidRequest(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`);
  }
  return charge;
}

/** @throws StripeApiError 404 or 400 */
export async function findChargeOfCheckout(
  checkoutSessionId: string,
  records: Records,
): Promise<Stripe.Charge> {
  const checkout = await findRecord("checkout.session", records.checkouts, checkoutSessionId);
  const payment_intent = idOf(checkout.session.payment_intent);
  if (!payment_intent) throw invalidRequest(`With ${checkoutSessionId} nothing was paid.`);
  return findCharge({ payment_intent }, records);
}

export async function findDisputes(charge: Stripe.Charge, records: Records): Promise<Stripe.Dispute[]> {
  const where = { payment_intent: idOf(charge.payment_intent) ?? undefined };
  const { data } = await records.disputes.list({ where, limit: Infinity });
  return data.filter((dispute) => dispute.charge === charge.id);
}
