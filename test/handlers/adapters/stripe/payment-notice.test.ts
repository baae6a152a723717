import type { Stripe } from "stripe";
import { expect, test } from "vitest";
import { eventToNotice, type NoticeEvent } from "#handlers/adapters/stripe/payment-notice.ts";

const disputeEvent = (type: Stripe.Event["type"], status: string) =>
  ({
    id: `evt_${status}`,
    type,
    created: 1_795_000_000,
    livemode: false,
    data: { object: { object: "dispute", payment_intent: "pi_1", status } },
  }) as unknown as NoticeEvent;

test("a dispute that opens, changes and closes within a second is told in that order", () => {
  const told = [
    disputeEvent("charge.dispute.closed", "lost"),
    disputeEvent("charge.dispute.created", "needs_response"),
    disputeEvent("charge.dispute.updated", "under_review"),
  ].map(eventToNotice);
  const inOrder = told.toSorted((one, other) =>
    (one?.occurredAt ?? "").localeCompare(other?.occurredAt ?? ""),
  );
  expect(inOrder.map((notice) => notice?.disputeStatus)).toEqual(["needs_response", "under_review", "lost"]);
  expect(new Set(told.map((notice) => notice?.occurredAt)).size).toBe(3);
});
