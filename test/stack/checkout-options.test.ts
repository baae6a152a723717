import type { Stripe } from "stripe";
import { beforeAll, describe, expect, test } from "vitest";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import { newStudent, startCheckout, turnKnobs } from "#test/support/checkouts.ts";
import { deadLettersOf, endOf, SOON } from "#test/support/purchase-history.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const COURSE = "TEST-COURSE-003";
const ADDRESS = { country: "DE", line1: "Unter den Linden 1", city: "Berlin", postal_code: "10117" };
const SAID = { address: ADDRESS, agreesToTerms: true };

const { stack, clients } = useRunningStack({
  CHECKOUT_PROMOTION_CODES: "on",
  CHECKOUT_TAX: "exclusive",
  CHECKOUT_TAX_IDS: "on",
  CHECKOUT_INVOICES: "on",
  CHECKOUT_TERMS: "on",
});
const codes = { fifth: "", whole: "", all: "" };
let stripe: Stripe;

beforeAll(async () => {
  stripe = createStandInClient(stack.stripeUrl);
  const codeOver = async (coupon: Stripe.CouponCreateParams) => {
    const { id } = await stripe.coupons.create(coupon);
    return (await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: id } })).code;
  };
  codes.fifth = await codeOver({ percent_off: 20 });
  codes.whole = await codeOver({ percent_off: 100 });
  codes.all = await codeOver({ amount_off: 4870, currency: "usd" });
});

type Student = Awaited<ReturnType<typeof newStudent>>;

/** Pays, waits for the execution to end, and looks at the purchase as the student is shown it. */
async function buyWith(student: Student, details: object) {
  const { checkoutSessionId, clientSecret } = await startCheckout(student, COURSE);
  const payment = await student.payByCard(checkoutSessionId, clientSecret, CARDS.good, details);
  expect(payment).toEqual({ status: "complete" });
  await expect(endOf(stack, clients, checkoutSessionId)).resolves.toMatchObject({ status: "SUCCEEDED" });
  expect(await deadLettersOf(clients, checkoutSessionId)).toEqual([]);
  await expect
    .poll(async () => (await student.listPurchases())[0], SOON)
    .toMatchObject({ stage: "enrolled" });
  return { checkoutSessionId, purchase: (await student.listPurchases())[0] };
}

describe("a purchase", () => {
  test("with a code over a fifth and tax on top is enrolled, and told at what was charged", async () => {
    const student = await newStudent("fifth-off", stack);
    const { checkoutSessionId, purchase } = await buyWith(student, { ...SAID, promotionCode: codes.fifth });
    expect(purchase).toMatchObject({
      unitAmount: 4900,
      amountDiscount: 980,
      amountTax: 745,
      amountTotal: 4665,
      isTaxIncluded: false,
      document: "invoice",
    });
    const session = await stripe.checkout.sessions.retrieve(checkoutSessionId, { expand: ["invoice"] });
    expect(session).toMatchObject({ amount_total: 4665, invoice: { total: 4665, status: "paid" } });
    const { url } = await student.findReceipt(checkoutSessionId);
    expect(url).toBe((session.invoice as Stripe.Invoice).hosted_invoice_url);
    expect(await (await fetch(url)).text()).toContain("$46.65");
  });

  test("that a code makes free is enrolled at once: nothing charged, no receipt, and nothing to pay back", async () => {
    const student = await newStudent("all-off", stack);
    const { checkoutSessionId, purchase } = await buyWith(student, { ...SAID, promotionCode: codes.whole });
    expect(purchase).toMatchObject({ unitAmount: 4900, amountDiscount: 4900, amountTotal: 0 });
    expect(purchase).not.toHaveProperty("document");
    await expect(student.findReceipt(checkoutSessionId)).rejects.toThrow("404: Nothing was charged");
    await expect(createStripeControl(stack.stripeUrl).refund(checkoutSessionId)).rejects.toThrow(
      "nothing was paid",
    );
    await expect(student.enroll(COURSE)).resolves.toMatchObject({ status: "active" });
  });

  test("by a company of another country has no tax, and its invoice is the company's", async () => {
    const student = await newStudent("company", stack);
    const taxId = { type: "eu_vat", value: "DE123456789", name: "Analytical Engines" };
    const { checkoutSessionId, purchase } = await buyWith(student, { ...SAID, taxId });
    expect(purchase).toMatchObject({ amountTotal: 4900 });
    expect(purchase).not.toHaveProperty("amountTax");
    const { invoice } = await stripe.checkout.sessions.retrieve(checkoutSessionId, { expand: ["invoice"] });
    expect(invoice).toMatchObject({ customer_name: "Analytical Engines" });
  });

  test("by who has bought before asks with their customer, whose address is known", async () => {
    const student = await newStudent("again", stack);
    await buyWith(student, SAID);
    const answer = await student.enroll("TEST-COURSE-005", "de-AT");
    const id = "checkoutSessionId" in answer ? answer.checkoutSessionId : "";
    await expect(stripe.checkout.sessions.retrieve(id)).resolves.toMatchObject({
      locale: "de",
      customer: expect.stringMatching(/^cus_/) as string,
      automatic_tax: { status: "complete" },
      customer_details: { address: { city: "Berlin" } },
    });
  });
});

describe("is not paid", () => {
  test.each<[string, () => object, RegExp]>([
    [
      "by a code that leaves less than Stripe charges",
      () => ({ ...SAID, promotionCode: codes.all }),
      /at least \$0.50/,
    ],
    ["by a code that nobody made", () => ({ ...SAID, promotionCode: "GUESS" }), /code is invalid/],
    ["without an address", () => ({ agreesToTerms: true }), /billing address/],
    ["without agreement to the terms", () => ({ address: ADDRESS }), /terms of service/],
  ])("a purchase %s, and the form says why", async (what, details, words) => {
    const student = await newStudent(what.replaceAll(/[^a-z]+/g, "-"), stack);
    const { checkoutSessionId, clientSecret } = await startCheckout(student, COURSE);
    const payment = await student.payByCard(checkoutSessionId, clientSecret, CARDS.good, details());
    expect(payment).toMatchObject({ status: "declined", message: expect.stringMatching(words) as string });
    await expect(student.readCheckout(checkoutSessionId)).resolves.toMatchObject({ stage: "open" });
  });

  test.each([["withoutTermsUrl"], ["withoutTaxSettings"]] as const)(
    "any purchase while the account has %s, and it is no fault of ours",
    async (knob) => {
      const student = await newStudent(knob.toLowerCase(), stack);
      await turnKnobs(stack, { [knob]: true });
      await expect(student.enroll(COURSE)).rejects.toThrow(/409.*not on offer/);
      await turnKnobs(stack, { [knob]: false });
      await expect(student.enroll(COURSE)).resolves.toMatchObject({ status: "pending" });
    },
  );
});
