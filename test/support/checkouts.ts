/** Purchases at a running stack, by every way that Stripe's stand-in knows. */
import type { Stripe } from "stripe";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import type { Knobs } from "#infra/local/stripe/control/knobs.ts";
import { type StudentSession, signIn } from "#infra/local/student-session.ts";
import type { RunningStack } from "./running-stack.ts";

export interface Checkout {
  checkoutSessionId: string;
  clientSecret: string;
}

type Addresses = Pick<RunningStack, "clientUrl" | "stripeUrl" | "issuerUrl">;

/** Somebody new, so that tests of one stack cannot meet. */
export async function newStudent(name: string, stack: Addresses) {
  const session = await signIn(`${name}@example.com`, stack);
  return { ...session, ...(await session.readStudent()) };
}

export async function startCheckout(student: StudentSession, courseId: string): Promise<Checkout> {
  const answer = await student.enroll(courseId);
  if (answer.status !== "pending") throw new Error(`${courseId} is ${answer.status} instead of payable`);
  return answer;
}

export async function buy(student: StudentSession, courseId: string, card = CARDS.good) {
  const checkout = await startCheckout(student, courseId);
  const payment = await student.payByCard(checkout.checkoutSessionId, checkout.clientSecret, card);
  return { ...checkout, payment };
}

export async function payByDebit(
  { stripeUrl }: Addresses,
  { checkoutSessionId, clientSecret }: Checkout,
  iban: string,
): Promise<void> {
  const paymentMethod = { type: "sepa_debit", iban };
  await post(`${stripeUrl}/checkout/sessions/${checkoutSessionId}/confirm`, { clientSecret, paymentMethod });
}

/** A session for the same course that the API knows nothing of, as a support tool or a second tab might make one. */
export async function openSessionElsewhere(
  { stripeUrl, clientUrl }: Addresses,
  userId: string,
  courseId: string,
): Promise<Checkout> {
  const { id, client_secret: clientSecret }: Stripe.Checkout.Session = await createStandInClient(
    stripeUrl,
  ).checkout.sessions.create({
    mode: "payment",
    ui_mode: "embedded_page",
    return_url: `${clientUrl}/checkout/return?session_id={CHECKOUT_SESSION_ID}`,
    line_items: [
      {
        quantity: 1,
        price_data: { currency: "usd", unit_amount: 4900, product_data: { name: "The same course" } },
      },
    ],
    client_reference_id: userId,
    metadata: { userId, courseId },
    customer_creation: "always",
  });
  return { checkoutSessionId: id, clientSecret: clientSecret ?? "" };
}

export const turnKnobs = ({ stripeUrl }: Addresses, knobs: Partial<Knobs>) =>
  createStripeControl(stripeUrl).turnKnobs(knobs);

async function post(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}
