import { expect, test } from "vitest";
import { startFixture } from "./stripe-fixture.ts";

const asking = (unit_amount: number, currency: string) => ({
  line_items: [{ quantity: 1, price_data: { currency, unit_amount, product_data: { name: "A course" } } }],
});
const AMOUNT = "line_items[0][price_data][unit_amount]";

test.each([
  [49, "usd", "The Checkout Session's total amount due must add up to at least $0.50 usd."],
  [29, "gbp", "The Checkout Session's total amount due must add up to at least £0.30 gbp."],
  [49, "jpy", "The Checkout Session's total amount due must add up to at least ¥50 jpy."],
  [17_499, "huf", "The Checkout Session's total amount due must add up to at least 175.00 Ft huf."],
  [40, "kwd", "The Checkout Session's total amount must convert to at least 50 cents."],
])("%i %s is too little", async (amount, currency, message) => {
  const { createSession } = await startFixture();

  await expect(createSession(asking(amount, currency))).rejects.toMatchObject({
    statusCode: 400,
    code: "amount_too_small",
    message,
  });
});

test.each([
  [50, "usd"],
  [30, "GBP"],
  [17_500, "huf"],
  [100, "isk"],
  [4_990, "kwd"],
  [99_999_999, "eur"],
  [999_999_999, "inr"],
])("%i %s can be asked for", async (amount, currency) => {
  const { createSession } = await startFixture();

  const session = await createSession(asking(amount, currency));

  expect(session).toMatchObject({ amount_total: amount, currency: currency.toLowerCase() });
});

test.each([
  ["more than eight digits", 100_000_000, "usd", { code: "parameter_invalid_integer", param: AMOUNT }],
  ["less than nothing", -1, "usd", { code: "parameter_invalid_integer", param: AMOUNT }],
  ["a third decimal", 4_995, "kwd", { code: "invalid_charge_amount_no_decimal_compatible", param: AMOUNT }],
  ["half a króna", 450, "isk", { code: "invalid_charge_amount_no_decimal_compatible", param: AMOUNT }],
  ["half a shilling", 450, "ugx", { code: "invalid_charge_amount_no_decimal_compatible", param: AMOUNT }],
  ["no currency", 4_900, "euro", { param: "line_items[0][price_data][currency]" }],
])("%s is refused, for a session and for a price", async (_what, unit_amount, currency, refusal) => {
  const { createSession, stripe } = await startFixture();

  await expect(createSession(asking(unit_amount, currency))).rejects.toMatchObject({
    statusCode: 400,
    ...refusal,
  });
  const price = { currency, unit_amount, product_data: { name: "A course" } };
  const param = refusal.param.slice("line_items[0][price_data][".length, -1);
  await expect(stripe.prices.create(price)).rejects.toMatchObject({ statusCode: 400, param });
});

test("line items are too much together", async () => {
  const { createSession } = await startFixture();
  const [item] = asking(60_000_000, "usd").line_items;

  const creating = createSession({ line_items: item ? [item, item] : [] });

  await expect(creating).rejects.toMatchObject({ code: "amount_too_large" });
});
