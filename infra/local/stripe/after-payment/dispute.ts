/** A payer goes to their bank and takes the money back: opened, and won or lost in the end. */
import type Stripe from "stripe";
import { invalidRequest } from "../errors.ts";
import { createId } from "../ids.ts";
import type { Change, Happening } from "../store/records.ts";
import { BLANK_EVIDENCE } from "./blank-evidence.ts";

type DisputeChange = { dispute: Stripe.Dispute; change: Change };

const DAYS_TO_ANSWER = 9;

/** @throws StripeApiError 400 when nothing is there to be disputed */
export function openDispute(charge: Stripe.Charge, reason: string): DisputeChange {
  if (!charge.paid || charge.disputed || charge.refunded) {
    throw invalidRequest(
      `Charge ${charge.id} cannot be disputed: it is unpaid, refunded or disputed already.`,
    );
  }
  const dispute = createDispute(charge, reason);
  return {
    dispute,
    change: {
      disputes: [dispute],
      charges: [{ ...charge, disputed: true }],
      events: [
        ["charge.dispute.created", dispute],
        ["charge.dispute.funds_withdrawn", dispute],
      ],
    },
  };
}

/** @throws StripeApiError 400 when it is closed */
export function closeDispute(open: Stripe.Dispute, outcome: "won" | "lost"): DisputeChange {
  if (open.status === "won" || open.status === "lost")
    throw invalidRequest("This dispute is already closed.");
  const isWon = outcome === "won";
  const dispute: Stripe.Dispute = {
    ...open,
    balance_transactions: isWon
      ? [...open.balance_transactions, movement(open.id, open.amount, open.currency)]
      : open.balance_transactions,
    is_charge_refundable: isWon,
    status: outcome,
  };
  const reinstated: Happening[] = isWon ? [["charge.dispute.funds_reinstated", dispute]] : [];
  return {
    dispute,
    change: {
      disputes: [dispute],
      events: [...reinstated, ["charge.dispute.closed", dispute, open]],
    },
  };
}

function createDispute(charge: Stripe.Charge, reason: string): Stripe.Dispute {
  const id = createId("du");
  const now = Math.floor(Date.now() / 1000);
  const amount = charge.amount - charge.amount_refunded;
  const card = charge.payment_method_details?.card;
  return {
    id,
    object: "dispute",
    amount,
    balance_transactions: [movement(id, -amount, charge.currency)],
    charge: charge.id,
    created: now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: BLANK_EVIDENCE,
    evidence_details: {
      due_by: now + DAYS_TO_ANSWER * 24 * 60 * 60,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    ...(card && {
      payment_method_details: {
        type: "card",
        card: {
          brand: card.brand ?? "unknown",
          case_type: "chargeback",
          network: card.network ?? "unknown",
          network_reason_code: null,
        },
      },
    }),
    reason,
    status: "needs_response",
  };
}

/** The bank takes the money, or gives it back. */
function movement(disputeId: string, amount: number, currency: string): Stripe.BalanceTransaction {
  const now = Math.floor(Date.now() / 1000);
  return {
    id: createId("txn"),
    object: "balance_transaction",
    amount,
    available_on: now,
    balance_type: "payments",
    created: now,
    currency,
    description: amount < 0 ? "Chargeback withdrawal" : "Chargeback reversal",
    exchange_rate: null,
    fee: 0,
    fee_details: [],
    net: amount,
    reporting_category: amount < 0 ? "dispute" : "dispute_reversal",
    source: disputeId,
    status: "available",
    type: "adjustment",
  };
}
