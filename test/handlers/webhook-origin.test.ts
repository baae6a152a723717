import { describe, expect, test } from "vitest";
import { paybackEvent, stripeEvent } from "#test/support/stripe-events.ts";
import { deliver, enqueue, secrets, startExecution, useWebhook } from "./use-webhook.ts";

useWebhook();

const ids = { userId: "user-ada", courseId: "TEST-COURSE-003" };
const sale = (metadata: Record<string, string> | null) => stripeEvent({ session: { metadata } });
const of = (payload: string, changes: object) =>
  JSON.stringify({ ...(JSON.parse(payload) as object), ...changes });

const ignored = { status: 200, body: { received: true, ignored: true } };
function expectNothingStored() {
  expect(startExecution).not.toHaveBeenCalled();
  expect(enqueue).not.toHaveBeenCalled();
}

describe("a sale of the same Stripe account", () => {
  test.each<[string, Record<string, string> | null]>([
    ["that has no metadata", null],
    ["of another product", { orderId: "42" }],
    ["of another deployment", { deployment: "bursar-staging", ...ids }],
    ["that names a student only", { userId: "user-ada" }],
  ])("%s is nobody's trouble here", async (_what, metadata) => {
    await expect(deliver(sale(metadata))).resolves.toEqual(ignored);
    expectNothingStored();
  });

  test.each<[string, Record<string, string>]>([
    ["with our name", { deployment: "bursar", ...ids }],
    ["without a name, as older versions and tools open it", ids],
    ["with our name and without ids, which a person must see", { deployment: "bursar" }],
  ])("%s starts an execution", async (_what, metadata) => {
    await expect(deliver(sale(metadata))).resolves.toMatchObject({ body: { started: true } });
    expect(startExecution).toHaveBeenCalledOnce();
  });

  test("that is no checkout session at all is refused instead of passed over", async () => {
    await expect(deliver(of(sale(ids), { data: {} }))).resolves.toMatchObject({
      status: 400,
      body: { error: { code: "unreadable_event" } },
    });
  });
});

describe("an event of a Stripe account", () => {
  test("that is another is refused, and says what to do if it is ours", async () => {
    const answer = await deliver(of(stripeEvent(), { account: "acct_someone" }));
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "foreign_account" } } });
    expect(JSON.stringify(answer.body)).toContain("STRIPE_ACCOUNT_ID");
    expectNothingStored();
  });

  test("that is another and of another's sale is ignored", async () => {
    await expect(deliver(of(sale({ orderId: "42" }), { account: "acct_someone" }))).resolves.toEqual(ignored);
  });

  test.each([
    ["our own", { account: "acct_ours" }],
    ["none", {}],
    ["null", { account: null }],
  ])("that is %s starts an execution", async (_what, account) => {
    secrets.current = secrets.refreshed = { ...secrets.current, STRIPE_ACCOUNT_ID: "acct_ours" };
    await expect(deliver(of(stripeEvent(), account))).resolves.toMatchObject({ body: { started: true } });
  });
});

describe("news of money that goes back", () => {
  test.each([
    ["charge.refunded", { amountRefunded: 4900, disputeStatus: null }],
    ["charge.dispute.created", { amountRefunded: null, disputeStatus: "needs_response" }],
    [
      "charge.dispute.updated",
      { occurredAt: "2026-11-18T11:06:40.250Z", amountRefunded: null, disputeStatus: "needs_response" },
    ],
    [
      "charge.dispute.closed",
      { occurredAt: "2026-11-18T11:06:40.500Z", amountRefunded: null, disputeStatus: "needs_response" },
    ],
  ])("by %s waits for who has time to look, with ids, amounts and statuses only", async (type, expected) => {
    await expect(deliver(paybackEvent(type))).resolves.toEqual({
      status: 200,
      body: { received: true, queued: true, eventId: "evt_1" },
    });
    expect(enqueue.mock.calls).toEqual([
      [
        {
          noticeId: "evt_1",
          noticeType: type,
          occurredAt: "2026-11-18T11:06:40.000Z",
          livemode: false,
          paymentIntentId: "pi_1",
          ...expected,
        },
      ],
    ]);
    expect(startExecution).not.toHaveBeenCalled();
  });

  test.each([
    ["a refund of another product", paybackEvent("charge.refunded", { metadata: {} })],
    [
      "a refund of another deployment",
      paybackEvent("charge.refunded", { metadata: { deployment: "other", ...ids } }),
    ],
    ["a refund of what was no checkout", paybackEvent("charge.refunded", { payment_intent: null })],
    [
      "a dispute about what was no checkout",
      paybackEvent("charge.dispute.created", { payment_intent: null }),
    ],
    ["a dispute without a subject", of(paybackEvent("charge.dispute.created"), { data: null })],
    ["a change of a charge that moves nothing", paybackEvent("charge.updated")],
  ])("%s is nobody's trouble here", async (_what, payload) => {
    await expect(deliver(payload)).resolves.toEqual(ignored);
    expectNothingStored();
  });

  test.each([
    ["another account's", { account: "acct_someone" }, "foreign_account"],
    ["the other mode's", { livemode: true }, "wrong_mode"],
  ])("that is %s is refused", async (_what, changes, code) => {
    await expect(deliver(paybackEvent("charge.refunded", {}, changes))).resolves.toMatchObject({
      status: 400,
      body: { error: { code } },
    });
    expectNothingStored();
  });

  test("is delivered again when it cannot be kept", async () => {
    enqueue.mockRejectedValue(new Error("the queue is away"));
    await expect(deliver(paybackEvent("charge.refunded"))).resolves.toMatchObject({ status: 500 });
  });
});
