import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import type { Stripe } from "stripe";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { DESKTOP, keepScreenshot, launchBrowser, PHONE, visit } from "#test/support/browser.ts";
import { startFixture } from "../infra/local/stripe/stripe-fixture.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser?.close());

/** With everything that a deployment can ask of a checkout. */
const ALL_OPTIONS: Partial<Stripe.Checkout.SessionCreateParams> = {
  allow_promotion_codes: true,
  automatic_tax: { enabled: true },
  billing_address_collection: "required",
  consent_collection: { terms_of_service: "required" },
  customer_email: "ada@example.com",
  redirect_on_completion: "never",
  return_url: "",
  tax_id_collection: { enabled: true },
  line_items: [
    {
      quantity: 1,
      price_data: {
        currency: "eur",
        unit_amount: 4900,
        tax_behavior: "exclusive",
        product_data: { name: "A course" },
      },
    },
  ],
};

async function openForm(viewport = DESKTOP) {
  const fixture = await startFixture();
  const session = await fixture.createSession(ALL_OPTIONS);
  const codeOver = async (percent_off: number) => {
    const { id: coupon } = await fixture.stripe.coupons.create({ percent_off });
    return (await fixture.stripe.promotionCodes.create({ promotion: { type: "coupon", coupon } })).code;
  };
  const { context, page } = await visit(browser, viewport);
  onTestFinished(() => context.close());
  await page.goto(`${fixture.standIn.url}/checkout/${session.client_secret}`);
  const read = () => fixture.stripe.checkout.sessions.retrieve(session.id);
  return { page, codeOver, read };
}

const refusal = (page: Page) => page.getByRole("alert");

async function sayWhere(page: Page): Promise<void> {
  await page.getByLabel("Country or region").selectOption("DE");
  await page.getByLabel("Address", { exact: true }).fill("Unter den Linden 1");
  await page.getByLabel("City").fill("Berlin");
}

async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Promotion code").fill(code);
  await page.getByTestId("apply-code").click();
}

async function fillCard(page: Page): Promise<void> {
  await page.locator("input[name=cardNumber]").fill(CARDS.good);
  await page.locator("input[name=cardExpiry]").fill("12/34");
  await page.locator("input[name=cardCvc]").fill("123");
}

test("the form shows what tax and a code make of the price, asks for what is missing, and charges what it shows", async () => {
  const { page, codeOver, read } = await openForm();
  await enterCode(page, "GUESS");
  await refusal(page).getByText("This code is invalid.").waitFor();
  await enterCode(page, await codeOver(20));
  await page.getByRole("button", { name: "Pay €39.20" }).waitFor();
  await fillCard(page);
  await page.getByTestId("pay").click();
  await refusal(page).getByText("Your billing address is required.").waitFor();
  await sayWhere(page);
  await page.getByRole("button", { name: "Pay €46.65" }).waitFor();
  expect(await page.getByTestId("amount-discount").textContent()).toBe("-€9.80");
  expect(await page.getByTestId("amount-tax").textContent()).toBe("€7.45");
  await page.getByTestId("pay").click();
  await refusal(page).getByText("Agree to the terms").waitFor();
  await page.getByLabel("I agree to the terms of service").check();
  await page.getByTestId("pay").click();
  await page.getByRole("button", { name: "Paid" }).waitFor();
  expect(await read()).toMatchObject({ payment_status: "paid", amount_total: 4665 });
});

test("a code over all of it asks for no card, and a company's tax id takes the tax off", async () => {
  const { page, codeOver, read } = await openForm();
  await sayWhere(page);
  await page.getByRole("button", { name: "Pay €58.31" }).waitFor();
  await page.getByText("I'm purchasing as a business").click();
  await page.getByLabel("Business name").fill("Analytical Engines");
  await page.getByLabel("Number", { exact: true }).fill("DE123456789");
  await page.getByLabel("Number", { exact: true }).blur();
  await page.getByRole("button", { name: "Pay €49.00" }).waitFor();
  await enterCode(page, await codeOver(100));
  await page.getByRole("button", { name: "Complete order" }).waitFor();
  expect(await page.locator("input[name=cardNumber]").isVisible()).toBe(false);
  await page.getByLabel("I agree to the terms of service").check();
  await page.getByTestId("pay").click();
  await page.getByRole("button", { name: "Paid" }).waitFor();
  expect(await read()).toMatchObject({ payment_status: "no_payment_required", amount_total: 0 });
});

describe.each([
  ["desktop", DESKTOP],
  ["phone", PHONE],
])("on a %s", (device, viewport) => {
  test("the form with everything is accessible and fits", async () => {
    const { page } = await openForm(viewport);
    await sayWhere(page);
    await page.getByText("I'm purchasing as a business").click();
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as typeof window & { axe: typeof axe }).axe.run(),
    );
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    await keepScreenshot(page, `stand-in-order-${device}`);
  });
});
