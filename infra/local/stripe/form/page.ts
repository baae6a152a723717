/** The page inside the iframe: the payment form of an open checkout session, or a word on why there is none. */
import type Stripe from "stripe";
import { formatMoney } from "#workflow/money.ts";
import type { OrderView } from "../checkout/order-answer.ts";
import { inGroups, TEST_CARDS, TEST_IBANS } from "../checkout/test-numbers.ts";
import type { CheckoutRecord } from "../store/records.ts";
import { type Html, html } from "./html.ts";
import { codeField, personFields } from "./order-fields.ts";
import { viewOrder } from "./order-view.ts";

/** What a student is shown of a payment that was made. */
export function renderReceipt(charge: Stripe.Charge | undefined): string {
  if (!charge?.paid) {
    return renderDocument(notice("Receipt not found", "This link is wrong, or nothing was paid."));
  }
  const format = (amount: number) => formatMoney(amount, charge.currency);
  const paidOn = new Date(charge.created * 1000).toISOString().slice(0, 10);
  const refunded = charge.amount_refunded > 0 && ` ${format(charge.amount_refunded)} of it was refunded.`;
  return renderDocument(
    notice("Receipt", `${format(charge.amount)} paid on ${paidOn}. Payment ${charge.id}.${refunded || ""}`),
  );
}

export function renderInvoice(invoice: Stripe.Invoice | undefined): string {
  if (!invoice) return renderDocument(notice("Invoice not found", "This link is wrong."));
  const format = (amount: number) => formatMoney(amount, invoice.currency);
  const tax = (invoice.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0);
  const parts = [`${format(invoice.total)} paid.`, ...(tax > 0 ? [`${format(tax)} of it is tax.`] : [])];
  return renderDocument(notice(`Invoice ${invoice.number}`, parts.join(" ")));
}

export function renderPage(record: CheckoutRecord | undefined): string {
  const status = record?.session.status;
  if (record && status === "open") return renderDocument(form(record));
  if (status === "complete") {
    return renderDocument(
      notice("Payment complete", "This checkout is finished. There is nothing left to pay."),
    );
  }
  if (status === "expired") {
    return renderDocument(notice("Checkout expired", "Nothing was charged. Go back and start again."));
  }
  return renderDocument(
    notice("Checkout not found", "This link is wrong or incomplete. Go back and start again."),
  );
}

function renderDocument(body: Html): string {
  return html`<!doctype html>
<html lang="en" data-palette="tools">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Payment</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/checkout-form.css">
<script src="/assets/checkout-form.js" defer></script>
</head>
<body>${body}</body>
</html>`.html;
}

function notice(title: string, text: string): Html {
  return html`<main class="notice"><h1>${title}</h1><p>${text}</p></main>`;
}

function form(record: CheckoutRecord): Html {
  const { session, clientSecret } = record;
  const order = viewOrder(record);
  const mayBecomeFree = !order.isFree || session.allow_promotion_codes;
  return html`<main class="checkout">
${summary(record, order)}
<form novalidate data-client-secret="${clientSecret}" data-session="${session.id}" aria-label="Payment">
  <div class="field">
    <label for="email">Email</label>
    <input id="email" name="email" type="email" autocomplete="email" required placeholder="you@example.com"
      value="${session.customer_details?.email ?? session.customer_email}">
  </div>
  ${personFields(session)}
  ${codeField(session)}
  ${
    mayBecomeFree &&
    html`<fieldset class="methods" ${order.isFree && html`hidden`}>
    <legend>Payment method</legend>
    ${session.payment_method_types.map((type, index) => method(type, index === 0))}
  </fieldset>`
  }
  <p class="alert" role="alert" hidden></p>
  <button class="pay" type="submit" data-testid="pay"><span class="pay-label">${order.payLabel}</span></button>
  <p class="small">This is a stand-in for Stripe. No card is charged and no number leaves this machine.</p>
</form>
${mayBecomeFree && testNumbers(session.payment_method_types)}
</main>
<dialog aria-labelledby="bank-title">
  <h2 id="bank-title">3-D Secure authentication</h2>
  <p>Your bank wants to know that it is you who pays <strong data-total>${order.total}</strong>. In test mode you decide the answer.</p>
  <div class="answers">
    <button type="button" class="plain" data-testid="3ds-fail">Fail</button>
    <button type="button" class="pay" data-testid="3ds-complete">Complete</button>
  </div>
</dialog>`;
}

function summary({ session, lineItems }: CheckoutRecord, { rows, total }: OrderView): Html {
  const single = lineItems.length === 1 ? lineItems[0] : undefined;
  const format = (amount: number) => formatMoney(amount, session.currency ?? "usd", session.locale);
  return html`<section class="summary" aria-label="Order">
  <span class="badge">Test mode</span>
  <h1>${single ? single.description : "Your order"}</h1>
  <p class="total" data-total>${total}</p>
  <dl class="amounts">${rows.map(
    ({ name, term, amount }) => html`<dt>${term}</dt><dd data-testid="amount-${name}">${amount}</dd>`,
  )}</dl>
  ${
    !single &&
    html`<ul>${lineItems.map((item) => html`<li><span>${item.description}</span> <span>${format(item.amount_total)}</span></li>`)}</ul>`
  }
</section>`;
}

function method(type: string, selected: boolean): Html {
  const isCard = type === "card";
  return html`<div class="method">
  <label class="choice"><input type="radio" name="paymentMethodType" value="${type}" ${selected && html`checked`}>
    ${isCard ? "Card" : "SEPA Debit"}</label>
  <div class="panel" data-panel="${type}" ${!selected && html`hidden`}>${isCard ? cardFields : debitFields}</div>
</div>`;
}

const cardFields = html`
<div class="group" role="group" aria-labelledby="card-information">
  <p id="card-information" class="label">Card information</p>
  <div class="joined">
    <input name="cardNumber" inputmode="numeric" autocomplete="cc-number" aria-label="Card number" placeholder="1234 1234 1234 1234">
    <input name="cardExpiry" inputmode="numeric" autocomplete="cc-exp" aria-label="Expiration date, month and year" placeholder="MM / YY">
    <input name="cardCvc" inputmode="numeric" autocomplete="cc-csc" aria-label="Security code" placeholder="CVC">
  </div>
</div>
<div class="field">
  <label for="cardName">Name on card</label>
  <input id="cardName" name="cardName" autocomplete="cc-name" placeholder="Full name">
</div>`;

const debitFields = html`
<div class="field">
  <label for="iban">IBAN</label>
  <input id="iban" name="iban" autocomplete="off" autocapitalize="characters" spellcheck="false" placeholder="DE00 0000 0000 0000 0000 00">
</div>
<div class="field">
  <label for="accountName">Name on account</label>
  <input id="accountName" name="accountName" autocomplete="name" placeholder="Full name">
</div>
<p class="small">Your bank takes a while to say whether it pays. By paying you would allow it to debit your account.</p>`;

function testNumbers(types: string[]): Html {
  const cards = TEST_CARDS.flatMap(({ number, label }) =>
    label ? [testNumber("card", inGroups(number), label)] : [],
  );
  const debits = TEST_IBANS.map(({ iban, label }) => testNumber("sepa_debit", iban, label));
  return html`<details class="numbers">
  <summary>Test numbers</summary>
  <p class="small">Choose one to fill it in. Any expiry in the future and any three-digit code will do.</p>
  <ul>${types.includes("card") && cards}${types.includes("sepa_debit") && debits}</ul>
</details>`;
}

function testNumber(type: string, number: string, label: string): Html {
  return html`<li><button type="button" data-fill="${type}" data-number="${number}">${number}</button> <span>${label}</span></li>`;
}
