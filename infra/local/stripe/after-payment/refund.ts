/** Gives back what was charged, all of it or a part. */
import type Stripe from "stripe";
import { formatMoney } from "#workflow/money.ts";
import { invalidRequest } from "../errors.ts";
import { createId, randomText } from "../ids.ts";
import { cleanMetadata } from "../metadata.ts";
import type { State } from "../state.ts";
import type { Change } from "../store/records.ts";
import { findCharge, findDisputes } from "./find-charge.ts";

interface RefundWish extends Pick<Stripe.RefundCreateParams, "metadata" | "reason"> {
  /** Minor units; all that is left when it is not given. */
  amount?: number | undefined;
}

/**
 * @param commit makes the change; nobody else refunds the same charge meanwhile
 * @throws StripeApiError 400
 */
export async function refundOnce<Answer>(
  { id }: Stripe.Charge,
  wish: RefundWish,
  state: State,
  commit: (refund: Stripe.Refund, change: Change) => Promise<Answer>,
): Promise<Answer> {
  return state.exclusively(id, async () => {
    const charge = await findCharge({ charge: id }, state.records);
    const { refund, change } = refundCharge(charge, await findDisputes(charge, state.records), wish);
    return commit(refund, change);
  });
}

function refundCharge(
  charge: Stripe.Charge,
  disputes: Stripe.Dispute[],
  wish: RefundWish,
): { refund: Stripe.Refund; change: Change } {
  const amount = wish.amount ?? charge.amount - charge.amount_refunded;
  checkRefundable(charge, disputes, amount);
  const refund = createRefund(charge, amount, wish);
  const amountRefunded = charge.amount_refunded + amount;
  const refunded = { ...charge, amount_refunded: amountRefunded, refunded: amountRefunded === charge.amount };
  return {
    refund,
    change: {
      refunds: [refund],
      charges: [refunded],
      events: [
        ["refund.created", refund],
        ["charge.refunded", refunded, charge],
      ],
    },
  };
}

function checkRefundable(charge: Stripe.Charge, disputes: Stripe.Dispute[], amount: number): void {
  if (!charge.paid) throw invalidRequest(`Charge ${charge.id} has not been paid and cannot be refunded.`);
  if (disputes.some((dispute) => !dispute.is_charge_refundable)) {
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  }
  if (charge.refunded) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: "charge_already_refunded",
    });
  }
  if (amount < 1) {
    throw invalidRequest("Invalid positive integer", { code: "parameter_invalid_integer", param: "amount" });
  }
  const left = charge.amount - charge.amount_refunded;
  if (amount > left) {
    const [wanted, rest] = [amount, left].map((sum) => formatMoney(sum, charge.currency, "en"));
    throw invalidRequest(`Refund amount (${wanted}) is greater than unrefunded amount on charge (${rest})`, {
      param: "amount",
    });
  }
}

function createRefund(charge: Stripe.Charge, amount: number, wish: RefundWish): Stripe.Refund {
  return {
    id: createId("re"),
    object: "refund",
    amount,
    balance_transaction: createId("txn"),
    charge: charge.id,
    created: Math.floor(Date.now() / 1000),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: destinationOf(charge),
    metadata: cleanMetadata(wish.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: wish.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  };
}

function destinationOf(charge: Stripe.Charge): Stripe.Refund.DestinationDetails {
  if (charge.payment_method_details?.type !== "card") {
    return {
      type: "eu_bank_transfer",
      eu_bank_transfer: { reference: randomText(20), reference_status: "available" },
    };
  }
  const reference = { reference_status: "pending", reference_type: "acquirer_reference_number" };
  return { type: "card", card: { ...reference, type: "refund" } };
}
