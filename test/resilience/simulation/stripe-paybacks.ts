/** Money at Stripe after it was paid: charges, refunds and disputes. */
import type { Agenda } from "./agenda.ts";
import type { Session } from "./stripe.ts";

export interface Charge {
  id: string;
  object: "charge";
  payment_intent: string;
  amount: number;
  amount_refunded: number;
  refunded: boolean;
  metadata: Record<string, string>;
  receipt_url: string;
}

export interface Dispute {
  id: string;
  object: "dispute";
  payment_intent: string;
  charge: string;
  status: "needs_response" | "won" | "lost";
}

export function createPaybacks(agenda: Agenda, emit: (type: string, object: Charge | Dispute) => unknown) {
  /** By payment intent. */
  const charges = new Map<string, Charge>();
  const disputes = new Map<string, Dispute>();
  /** When all of it had gone back, by payment intent: milliseconds since 1970. */
  const refundedAt = new Map<string, number>();

  return {
    charges,
    disputes,
    refundedAt,

    charge({ id, payment_intent, amount_total, metadata }: Session) {
      if (!payment_intent) return;
      charges.set(payment_intent, {
        id: `ch_${id}`,
        object: "charge",
        payment_intent,
        amount: amount_total,
        amount_refunded: 0,
        refunded: false,
        // Stripe copies a session's metadata to its payment only where that was asked for, as Bursar does.
        metadata: metadata ?? {},
        receipt_url: `https://receipts.example.com/${id}`,
      });
    },

    /** @param part 1: all that is left */
    refund(session: Session, part: number) {
      const charge = charges.get(session.payment_intent ?? "");
      if (!charge || charge.refunded) return;
      const left = charge.amount - charge.amount_refunded;
      charge.amount_refunded += part === 1 ? left : Math.max(1, Math.floor(left * part));
      charge.refunded = charge.amount_refunded === charge.amount;
      if (charge.refunded) refundedAt.set(charge.payment_intent, agenda.now());
      emit("charge.refunded", charge);
    },

    /** The student's bank takes the money back, for the time being. */
    openDispute(session: Session) {
      const charge = charges.get(session.payment_intent ?? "");
      if (!charge || disputes.has(charge.payment_intent)) return;
      const { id: chargeId, payment_intent } = charge;
      const id = `dp_${session.id}`;
      const dispute: Dispute = {
        id,
        object: "dispute",
        payment_intent,
        charge: chargeId,
        status: "needs_response",
      };
      disputes.set(payment_intent, dispute);
      emit("charge.dispute.created", dispute);
    },

    closeDispute(session: Session, status: "won" | "lost") {
      const dispute = disputes.get(session.payment_intent ?? "");
      if (dispute?.status !== "needs_response") return;
      dispute.status = status;
      emit("charge.dispute.closed", dispute);
    },
  };
}
