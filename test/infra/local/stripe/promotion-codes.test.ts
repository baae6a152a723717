import type Stripe from "stripe";
import { describe, expect, test } from "vitest";
import { CARD, startFixture } from "./stripe-fixture.ts";

type Fixture = Awaited<ReturnType<typeof startFixture>>;
type CodeParams = Omit<Stripe.PromotionCodeCreateParams, "promotion">;

async function makeCode(
  { stripe }: Fixture,
  coupon: Stripe.CouponCreateParams = { percent_off: 20 },
  code: CodeParams = {},
) {
  const { id } = await stripe.coupons.create(coupon);
  return stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: id }, ...code });
}

const openFor = ({ createSession }: Fixture, more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  createSession({ allow_promotion_codes: true, ...more });

async function enter({ standIn }: Fixture, session: Stripe.Checkout.Session, promotionCode: string) {
  const response = await fetch(`${standIn.url}/checkout/sessions/${session.id}/details`, {
    method: "POST",
    headers: { "content-type": "application/json", "client-secret": session.client_secret ?? "" },
    body: JSON.stringify({ promotionCode }),
  });
  const body = (await response.json()) as { total?: string; error?: { message: string; param: string } };
  return { status: response.status, ...body };
}

describe("a promotion code", () => {
  test("takes its part off, in either case, and the charge is what is left", async () => {
    const fixture = await startFixture();
    const { code } = await makeCode(fixture, { percent_off: 20 }, { code: "WELCOME" });
    const session = await openFor(fixture);
    await expect(enter(fixture, session, code.toLowerCase())).resolves.toMatchObject({ total: "$39.20" });
    await fixture.confirm(session);

    const { checkout, charges } = fixture.stripe;
    await expect(checkout.sessions.retrieve(session.id)).resolves.toMatchObject({
      amount_subtotal: 4900,
      amount_total: 3920,
      total_details: { amount_discount: 980, amount_tax: 0 },
      payment_status: "paid",
    });
    expect((await charges.list()).data[0]).toMatchObject({ amount: 3920 });
  });

  test("is counted when it is used, not when it is entered, and can be taken off again", async () => {
    const fixture = await startFixture();
    const { id, code } = await makeCode(fixture);
    const times = async () => (await fixture.stripe.promotionCodes.retrieve(id)).times_redeemed;
    const session = await openFor(fixture);
    await enter(fixture, session, code);
    await fixture.confirm(session, { ...CARD, number: "4000000000000002" });
    expect(await times()).toBe(0);
    await expect(enter(fixture, session, "")).resolves.toMatchObject({ total: "$49.00" });
    await enter(fixture, session, code);
    await fixture.confirm(session);
    expect(await times()).toBe(1);
    expect((await fixture.stripe.charges.list({ limit: 1 })).data[0]).toMatchObject({ amount: 3920 });
  });

  test("over all of it leaves nothing to pay: no payment, no charge, and complete at once", async () => {
    const fixture = await startFixture();
    const { code } = await makeCode(fixture, { percent_off: 100 });
    const session = await openFor(fixture);
    const answer = await fixture.confirm(session, undefined, { promotionCode: code });
    expect(answer).toMatchObject({ status: 200, body: { status: "complete" } });
    await expect(fixture.stripe.checkout.sessions.retrieve(session.id)).resolves.toMatchObject({
      status: "complete",
      payment_status: "no_payment_required",
      payment_intent: null,
      amount_subtotal: 4900,
      amount_total: 0,
    });
    expect((await fixture.stripe.paymentIntents.list()).data).toEqual([]);
    expect((await fixture.stripe.customers.list()).data).toHaveLength(1);
  });

  test("that may be used once is used once, however many forms it is entered in", async () => {
    const fixture = await startFixture();
    const { code } = await makeCode(fixture, { percent_off: 20 }, { max_redemptions: 1 });
    const sessions = await Promise.all([openFor(fixture), openFor(fixture), openFor(fixture)]);
    for (const session of sessions) await enter(fixture, session, code);
    const answers = await Promise.all(sessions.map((session) => fixture.confirm(session)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400]);
  });
});

test.each<[string, Stripe.CouponCreateParams, CodeParams, RegExp]>([
  ["is for another currency", { amount_off: 500, currency: "eur" }, {}, /doesn't apply to items/],
  [
    "wants a larger order",
    { percent_off: 20 },
    { restrictions: { minimum_amount: 5000, minimum_amount_currency: "usd" } },
    /does not meet the minimum amount/,
  ],
  ["leaves less than Stripe charges", { amount_off: 4870, currency: "usd" }, {}, /at least \$0.50 usd/],
  ["was switched off", { percent_off: 20 }, { active: false }, /expired/],
  ["is over", { percent_off: 20 }, { expires_at: 1_000 }, /expired/],
  ["is of a coupon that is over", { percent_off: 20, redeem_by: 1_000 }, {}, /expired/],
  ["is another customer's", { percent_off: 20 }, { customer: "cus_another" }, /invalid/],
])(
  "a code that %s is refused in words for the student, and the order stays",
  async (_what, coupon, code, words) => {
    const fixture = await startFixture();
    const made = await makeCode(fixture, coupon, code);
    const session = await openFor(fixture);
    const answer = await enter(fixture, session, made.code);
    expect(answer).toMatchObject({ status: 400, error: { param: "promotionCode" } });
    expect(answer.error?.message).toMatch(words);
    await expect(fixture.stripe.checkout.sessions.retrieve(session.id)).resolves.toMatchObject({
      amount_total: 4900,
      discounts: [],
    });
  },
);

test("a code for the first purchase is none for who has paid before", async () => {
  const fixture = await startFixture();
  const made = await makeCode(
    fixture,
    { percent_off: 20 },
    { restrictions: { first_time_transaction: true } },
  );
  const first = await openFor(fixture);
  await fixture.confirm(first, CARD, { promotionCode: made.code });
  const { customer } = await fixture.stripe.checkout.sessions.retrieve(first.id);
  const second = await fixture.createSession({
    allow_promotion_codes: true,
    customer: customer as string,
    customer_creation: undefined as never,
  });
  await expect(enter(fixture, second, made.code)).resolves.toMatchObject({
    error: { message: expect.stringContaining("prior transactions") as string },
  });
});

test("a session that takes no codes takes none, and nobody's guess is a code", async () => {
  const fixture = await startFixture();
  const { code } = await makeCode(fixture);
  await expect(enter(fixture, await fixture.createSession(), code)).resolves.toMatchObject({ status: 400 });
  await expect(enter(fixture, await openFor(fixture), "GUESS")).resolves.toMatchObject({
    error: { message: "This code is invalid." },
  });
});

test("coupons and codes that contradict themselves are refused, and one code is active once", async () => {
  const { stripe } = await startFixture();
  await expect(stripe.coupons.create({})).rejects.toThrow("percent_off");
  await expect(stripe.coupons.create({ percent_off: 20, amount_off: 5 })).rejects.toThrow("not both");
  await expect(stripe.coupons.create({ percent_off: 101 })).rejects.toThrow("at most 100");
  await expect(stripe.coupons.create({ amount_off: 5 })).rejects.toThrow("currency");
  const { id } = await stripe.coupons.create({ id: "SUMMER", percent_off: 12.5 });
  await expect(stripe.coupons.create({ id: "SUMMER", percent_off: 5 })).rejects.toThrow("already exists");
  const promotion = { type: "coupon" as const, coupon: id };
  const made = await stripe.promotionCodes.create({ promotion, code: "Sun" });
  await expect(stripe.promotionCodes.create({ promotion, code: "SUN" })).rejects.toThrow("already exists");
  await stripe.promotionCodes.update(made.id, { active: false });
  await expect(stripe.promotionCodes.create({ promotion, code: "SUN" })).resolves.toMatchObject({
    active: true,
  });
  await expect(stripe.promotionCodes.list({ code: "sun", active: true })).resolves.toMatchObject({
    data: [{ code: "SUN" }],
  });
  expect((await stripe.coupons.list()).data.map((coupon) => coupon.id)).toEqual(["SUMMER"]);
});
