import type Stripe from "stripe";
import { expect, test } from "vitest";
import { renderPage } from "#infra/local/stripe/form/page.ts";

function payButtonFor(amount_total: number, currency: string, locale: string | null): string | undefined {
  const session = {
    id: "cs_test_1",
    status: "open",
    amount_total,
    currency,
    locale,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    payment_method_types: ["card"],
  } as Stripe.Checkout.Session;
  const page = renderPage({
    id: session.id,
    created: 0,
    session,
    clientSecret: "cs_test_1_secret_x",
    lineItems: [],
    paymentIntentData: {},
  });
  return /<span class="pay-label">(.*?)<\/span>/.exec(page)?.[1]?.replaceAll(/\s/g, " ");
}

test.each([
  [500_000, "huf", "auto", "Pay HUF 5,000"],
  [500_000, "ugx", null, "Pay UGX 5,000"],
  [500_000, "isk", "en", "Pay ISK 5,000"],
  [490_050, "huf", "hu", "Pay 4900,50 Ft"],
  [4900, "jpy", "en", "Pay ¥4,900"],
  [4900, "usd", "en", "Pay $49.00"],
])("the payment form asks for %i %s in locale %s with the words %s", (amount, currency, locale, expected) => {
  expect(payButtonFor(amount, currency, locale)).toBe(expected);
});
