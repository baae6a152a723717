import type Stripe from "stripe";
import { expect, test } from "vitest";
import { CARD, PAID_DEBIT, startFixture } from "./stripe-fixture.ts";

async function startPaid(paymentMethod: object = CARD, asyncPaymentDelayMs = 0) {
  const fixture = await startFixture({ knobs: { asyncPaymentDelayMs } });
  const session = await fixture.createSession();
  await fixture.confirm(session, paymentMethod);
  const { payment_intent } = await fixture.stripe.checkout.sessions.retrieve(session.id);
  const readCharge = async () => {
    const expand = ["latest_charge"];
    const intent = await fixture.stripe.paymentIntents.retrieve(payment_intent as string, { expand });
    return intent.latest_charge as Stripe.Charge;
  };
  return { ...fixture, sessionId: session.id, payment_intent: payment_intent as string, readCharge };
}

test("a refund gives everything back, and both events tell of it", async () => {
  const { deliveriesOf, payment_intent, readCharge, sessionId, stripe } = await startPaid();

  const refund = await stripe.refunds.create({ payment_intent, reason: "requested_by_customer" });

  const charge = await readCharge();
  expect(refund).toMatchObject({
    object: "refund",
    amount: 4900,
    currency: "usd",
    charge: charge.id,
    payment_intent,
    reason: "requested_by_customer",
    status: "succeeded",
  });
  expect(charge).toMatchObject({ amount_refunded: 4900, refunded: true, paid: true, status: "succeeded" });
  await expect.poll(() => deliveriesOf("charge.refunded")).toHaveLength(1);
  await expect.poll(() => deliveriesOf("refund.created")).toHaveLength(1);
  expect(deliveriesOf("charge.refunded")[0]?.event.data.object).toMatchObject({
    payment_intent,
    refunded: true,
  });
  expect(await stripe.checkout.sessions.retrieve(sessionId)).toMatchObject({ payment_status: "paid" });
  await expect(stripe.refunds.create({ payment_intent })).rejects.toMatchObject({
    statusCode: 400,
    code: "charge_already_refunded",
    message: `Charge ${charge.id} has already been refunded.`,
  });
});

test("parts are refunded until nothing is left", async () => {
  const { payment_intent, readCharge, stripe } = await startPaid();

  await stripe.refunds.create({ payment_intent, amount: 1000 });

  expect(await readCharge()).toMatchObject({ amount_refunded: 1000, refunded: false });
  await expect(stripe.refunds.create({ payment_intent, amount: 4000 })).rejects.toMatchObject({
    param: "amount",
    message: "Refund amount ($40.00) is greater than unrefunded amount on charge ($39.00)",
  });
  expect(await stripe.refunds.create({ payment_intent })).toMatchObject({ amount: 3900 });
  expect(await readCharge()).toMatchObject({ amount_refunded: 4900, refunded: true });
});

test("refunds at the same time never give back more than was paid", async () => {
  const { payment_intent, readCharge, stripe } = await startPaid();

  const refunds = await Promise.allSettled(
    Array.from({ length: 5 }, () => stripe.refunds.create({ payment_intent, amount: 2000 })),
  );

  expect(refunds.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  expect(await readCharge()).toMatchObject({ amount_refunded: 4000 });
});

test("what has not been paid cannot be refunded", async () => {
  const { payment_intent, stripe } = await startPaid(PAID_DEBIT, 60_000);

  await expect(stripe.refunds.create({ payment_intent })).rejects.toMatchObject({
    message: expect.stringContaining("does not have a successful charge to refund"),
  });
  await expect(stripe.refunds.create({ payment_intent: "pi_none" })).rejects.toMatchObject({
    code: "resource_missing",
    param: "payment_intent",
  });
  await expect(stripe.refunds.create({})).rejects.toMatchObject({ statusCode: 400 });
});

test("refunds are found by time, payment and charge, and can be annotated", async () => {
  const { payment_intent, readCharge, stripe } = await startPaid();
  const first = await stripe.refunds.create({ payment_intent, amount: 100 });
  const second = await stripe.refunds.create({ payment_intent, amount: 200, metadata: { asked: "by mail" } });
  const idsOf = async (filter: Stripe.RefundListParams) =>
    (await stripe.refunds.list(filter)).data.map(({ id }) => id);

  expect(await idsOf({})).toEqual([second.id, first.id]);
  expect(await idsOf({ created: { lt: first.created } })).toEqual([]);
  expect(await idsOf({ created: { gte: first.created } })).toHaveLength(2);
  expect(await idsOf({ payment_intent })).toHaveLength(2);
  expect(await idsOf({ payment_intent: "pi_other" })).toEqual([]);
  expect(await idsOf({ charge: (await readCharge()).id })).toHaveLength(2);
  const annotated = await stripe.refunds.update(second.id, { metadata: { by: "Ada" } });
  expect(annotated.metadata).toEqual({ asked: "by mail", by: "Ada" });
  expect(await stripe.refunds.retrieve(second.id, { expand: ["charge"] })).toMatchObject({
    charge: { payment_intent },
    metadata: { by: "Ada" },
  });
});

test("a dispute takes the money, marks the charge and stands in the way of a refund", async () => {
  const { deliveriesOf, openDispute, payment_intent, readCharge, sessionId, stripe } = await startPaid();

  const { id } = await openDispute(sessionId);

  const dispute = await stripe.disputes.retrieve(id, { expand: ["charge"] });
  expect(dispute).toMatchObject({
    amount: 4900,
    charge: { disputed: true },
    payment_intent,
    reason: "fraudulent",
    status: "needs_response",
    is_charge_refundable: false,
    balance_transactions: [{ amount: -4900 }],
  });
  expect((await stripe.disputes.list({ payment_intent })).data).toMatchObject([{ id }]);
  expect((await stripe.disputes.list({ created: { lt: dispute.created } })).data).toEqual([]);
  expect(await readCharge()).toMatchObject({ disputed: true, refunded: false });
  await expect(stripe.refunds.create({ payment_intent })).rejects.toMatchObject({ code: "charge_disputed" });
  await expect(openDispute(sessionId)).rejects.toThrow("cannot be disputed");
  for (const type of ["charge.dispute.created", "charge.dispute.funds_withdrawn"]) {
    await expect.poll(() => deliveriesOf(type)).toHaveLength(1);
    expect(deliveriesOf(type)[0]?.event.data.object).toMatchObject({ id, payment_intent });
  }
});

test.each([
  ["won", ["charge.dispute.funds_reinstated", "charge.dispute.closed"], 0],
  ["lost", ["charge.dispute.closed"], -4900],
] as const)("a dispute that is %s tells so once", async (outcome, types, balance) => {
  const { closeDispute, openDispute, sessionId, stripe } = await startPaid();
  const { id } = await openDispute(sessionId);

  expect(await closeDispute(id, outcome)).toMatchObject({ status: outcome });

  const closed = await stripe.disputes.retrieve(id);
  expect(closed.balance_transactions.reduce((sum, { amount }) => sum + amount, 0)).toBe(balance);
  const events = (await stripe.events.list({ type: "charge.dispute.*" })).data.toReversed();
  expect(events.map(({ type }) => type)).toEqual([
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
    ...types,
  ]);
  await expect(closeDispute(id, outcome)).rejects.toThrow("This dispute is already closed.");
});

test.each<[string, "won" | "lost", (id: string, stripe: Stripe) => Promise<Stripe.Dispute>]>([
  [
    "winning evidence",
    "won",
    (id, stripe) => stripe.disputes.update(id, { evidence: { uncategorized_text: "winning_evidence" } }),
  ],
  [
    "losing evidence",
    "lost",
    (id, stripe) => stripe.disputes.update(id, { evidence: { uncategorized_text: "losing_evidence" } }),
  ],
  ["giving in", "lost", (id, stripe) => stripe.disputes.close(id)],
])("%s ends a dispute %s", async (_what, status, end) => {
  const { openDispute, sessionId, stripe } = await startPaid();
  const { id } = await openDispute(sessionId);
  const draft = { evidence: { uncategorized_text: "winning_evidence" }, submit: false };
  expect(await stripe.disputes.update(id, draft)).toMatchObject({ status: "needs_response" });

  await end(id, stripe);

  expect(await stripe.disputes.retrieve(id)).toMatchObject({ status });
});
