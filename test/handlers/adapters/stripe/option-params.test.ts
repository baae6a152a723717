import { describe, expect, test } from "vitest";
import { idempotencyKey, sessionParams } from "#handlers/adapters/stripe/session-params.ts";
import { type CheckoutSettings, checkoutOptionsOf } from "#handlers/checkout-options.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";

const request = { student, course: paidCourse, attempt: 1 };
const returning = { ...request, student: { ...student, stripeCustomerId: "cus_1" } };

const ask = (settings: CheckoutSettings, of: typeof request = request) =>
  sessionParams(of, {
    clientUrl: "https://courses.example.com",
    deploymentName: "bursar",
    options: checkoutOptionsOf(settings),
  });
/** What a setting adds to a checkout without any. */
function added(settings: CheckoutSettings, of: typeof request = request): object {
  const plain = ask({}, of);
  return Object.fromEntries(
    Object.entries(ask(settings, of)).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(plain[name as keyof typeof plain]),
    ),
  );
}

const taxed = (tax_behavior: string) => ({
  automatic_tax: { enabled: true },
  line_items: [
    {
      quantity: 1,
      price_data: {
        currency: "usd",
        unit_amount: 4900,
        tax_behavior,
        product_data: { name: paidCourse.name },
      },
    },
  ],
});
const metadata = {
  deployment: "bursar",
  userId: "user-ada",
  courseId: "TEST-COURSE-003",
  courseName: paidCourse.name,
};

describe("a deployment's checkout", () => {
  test.each<[CheckoutSettings, object]>([
    [{ CHECKOUT_PROMOTION_CODES: "on" }, { allow_promotion_codes: true }],
    [{ CHECKOUT_TAX: "exclusive" }, taxed("exclusive")],
    [{ CHECKOUT_TAX: "inclusive" }, taxed("inclusive")],
    [{ CHECKOUT_TAX_IDS: "on" }, { tax_id_collection: { enabled: true } }],
    [
      { CHECKOUT_INVOICES: "on" },
      {
        invoice_creation: { enabled: true, invoice_data: { metadata } },
        billing_address_collection: "required",
      },
    ],
    [{ CHECKOUT_TERMS: "on" }, { consent_collection: { terms_of_service: "required" } }],
    [{ CHECKOUT_PROMOTION_CODES: "off", CHECKOUT_TAX: "off", CHECKOUT_TERMS: "off" }, {}],
  ])("that is told %o asks for that and nothing else", (settings, expected) => {
    expect(added(settings)).toEqual(expected);
  });

  test("tells Stripe that what the form asks for may be written on a customer who is known, and only then", () => {
    expect(added({ CHECKOUT_TAX: "exclusive" }, returning)).toMatchObject({
      customer_update: { address: "auto" },
    });
    expect(added({ CHECKOUT_TAX_IDS: "on" }, returning)).toMatchObject({ customer_update: { name: "auto" } });
    expect(added({ CHECKOUT_TAX: "exclusive", CHECKOUT_TAX_IDS: "on" }, returning)).toMatchObject({
      customer_update: { address: "auto", name: "auto" },
    });
    expect(added({ CHECKOUT_PROMOTION_CODES: "on" }, returning)).not.toHaveProperty("customer_update");
    expect(added({ CHECKOUT_TAX: "exclusive", CHECKOUT_TAX_IDS: "on" })).not.toHaveProperty(
      "customer_update",
    );
  });

  test("leaves to a price that is kept at Stripe whether tax is in it", () => {
    const course = { ...paidCourse, stripePriceId: "price_1" };
    expect(ask({ CHECKOUT_TAX: "exclusive" }, { ...request, course }).line_items).toEqual([
      { quantity: 1, price: "price_1" },
    ]);
  });

  test("is another request with each of its options and languages, under another key", () => {
    const settings: CheckoutSettings[] = [
      {},
      { CHECKOUT_PROMOTION_CODES: "on" },
      { CHECKOUT_TAX: "exclusive" },
      { CHECKOUT_TAX: "inclusive" },
      { CHECKOUT_TAX_IDS: "on" },
      { CHECKOUT_INVOICES: "on" },
      { CHECKOUT_TERMS: "on" },
    ];
    const inGerman = { ...request, student: { ...student, locale: "de" } };
    const keys = [
      ...settings.map((of) => idempotencyKey(request, ask(of))),
      idempotencyKey(inGerman, ask({}, inGerman)),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
