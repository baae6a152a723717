/** Takes the student's payment for an open checkout session, once. */
import * as z from "zod";
import { invalidRequest, StripeApiError } from "../errors.ts";
import { type Redeemable, useUp } from "../promotions/redeem.ts";
import type { State } from "../state.ts";
import { type Change, type CheckoutRecord, type Happening, idOf } from "../store/records.ts";
import { completeWithoutPayment, updatedCustomer } from "./complete-session.ts";
import type { ConfirmAnswer } from "./confirm-answer.ts";
import { applyDetails, requireDetails } from "./order-details.ts";
import { orderDetailsSchema } from "./order-details-schema.ts";
import { createPaymentIntent } from "./payment-intent.ts";
import { type PaymentMethodUse, paymentMethodSchema, readPaymentMethod } from "./payment-method.ts";
import {
  type Attempt,
  beginDebit,
  decline,
  failAuthentication,
  pay,
  requireAuthentication,
} from "./payment-steps.ts";
import { AUTHENTICATION_FAILURE, type Decline } from "./test-numbers.ts";
import { checkEmail } from "./texts.ts";

export const confirmSchema = orderDetailsSchema.extend({
  email: z.string().optional(),
  /** Not for a session that asks for nothing. */
  paymentMethod: paymentMethodSchema.optional(),
  /** How the student came through 3-D Secure, when the first answer was `requires_action`. */
  threeDSecure: z.enum(["complete", "fail"]).optional(),
});
type ConfirmRequest = z.infer<typeof confirmSchema>;

/**
 * A second confirmation of a complete session charges nothing and gets the answer of the first.
 * @throws StripeApiError 402 when the payment is refused; the session stays open and payable
 */
export async function confirmCheckout(
  checkoutSessionId: string,
  request: ConfirmRequest,
  state: State,
): Promise<ConfirmAnswer> {
  return state.exclusively(checkoutSessionId, async () => {
    const record = await state.records.checkouts.find(checkoutSessionId);
    if (!record || record.session.status === "expired") {
      throw invalidRequest("This checkout session has expired. Go back and start again.", {
        code: "checkout_session_expired",
      });
    }
    if (record.session.status === "complete") return completed(record);

    const email = readEmail(request.email, record);
    const promised = await applyDetails(record, request, state.records);
    requireDetails(promised.record);
    const order = { email, record: promised.record, request };
    if (!promised.redeemable) return settle(order, undefined, state);
    // One code may be entered in many forms at once, and only so many of them may use it.
    return state.exclusively(promised.redeemable.code.id, async () => {
      const { redeemable } = await applyDetails(promised.record, {}, state.records);
      return settle(order, redeemable, state);
    });
  });
}

interface Order {
  record: CheckoutRecord;
  email: string;
  request: ConfirmRequest;
}

async function settle(
  { record, email, request }: Order,
  redeemable: Redeemable | undefined,
  state: State,
): Promise<ConfirmAnswer> {
  const used = redeemable ? useUp(redeemable) : {};
  const updated = await updatedCustomer(record, state.records);
  if (record.session.payment_status === "no_payment_required") {
    await state.save(together(completeWithoutPayment(record, { email, name: null }), used, updated));
    return completed(record);
  }
  if (!request.paymentMethod)
    throw invalidRequest("A payment method is required.", { param: "paymentMethod" });
  const method = readPaymentMethod(request.paymentMethod, new Date());
  requireOffered(method, record);
  const standing = await state.records.paymentIntents.find(idOf(record.session.payment_intent) ?? "");
  // What was declined before was perhaps asked for without the code.
  const intent = standing
    ? { ...standing, amount: record.session.amount_total ?? 0 }
    : createPaymentIntent(record);
  const { change, answer } = attemptPayment(
    { record, intent, method, email, origin: state.origin },
    request.threeDSecure,
    state.knobs.asyncPaymentDelayMs,
  );
  const first: Happening[] = standing ? [] : [["payment_intent.created", intent]];
  const all = { ...change, events: [...first, ...(change.events ?? [])] };
  const isComplete = !(answer instanceof StripeApiError) && answer.status === "complete";
  await state.save(isComplete ? together(all, used, updated) : all);
  if (answer instanceof StripeApiError) throw answer;
  return answer;
}

const together = (change: Change, used: Change, updated: Change): Change => ({
  ...change,
  ...used,
  customers: [...(change.customers ?? []), ...(updated.customers ?? [])],
  events: [...(change.events ?? []), ...(updated.events ?? [])],
});

function attemptPayment(
  attempt: Attempt,
  threeDSecure: ConfirmRequest["threeDSecure"],
  asyncPaymentDelayMs: number,
): { change: Change; answer: ConfirmAnswer | StripeApiError } {
  const { method, record } = attempt;
  if (method.type === "sepa_debit") {
    const change = beginDebit(attempt, method.settlement, asyncPaymentDelayMs);
    return { change, answer: completed(record) };
  }
  let { outcome } = method;
  if (outcome.kind === "authenticate") {
    if (!threeDSecure)
      return { change: requireAuthentication(attempt), answer: { status: "requires_action" } };
    if (threeDSecure === "fail") {
      const answer = refusal("invalid_request_error", AUTHENTICATION_FAILURE);
      return { change: failAuthentication(attempt), answer };
    }
    outcome = outcome.afterwards;
  }
  if (outcome.kind === "declined") {
    const change = decline(attempt, outcome.decline);
    return { change, answer: refusal("card_error", outcome.decline) };
  }
  return { change: pay(attempt), answer: completed(record) };
}

function completed({ id, session }: CheckoutRecord): ConfirmAnswer {
  const redirects = session.redirect_on_completion === "always" && session.return_url;
  return {
    status: "complete",
    returnUrl: redirects ? redirects.replaceAll("{CHECKOUT_SESSION_ID}", id) : null,
  };
}

function requireOffered(method: PaymentMethodUse, { session }: CheckoutRecord): void {
  if (session.payment_method_types.includes(method.type)) return;
  throw invalidRequest(`This checkout session does not accept ${method.type}.`, { param: "paymentMethod" });
}

function readEmail(given: string | undefined, { session }: CheckoutRecord): string {
  const email = given?.trim() || session.customer_details?.email;
  if (!email) throw invalidRequest("Your email is required.", { code: "email_invalid", param: "email" });
  checkEmail(email, "email");
  return email;
}

function refusal(type: "card_error" | "invalid_request_error", reason: Decline): StripeApiError {
  const { code, message, declineCode } = reason;
  return new StripeApiError(402, { type, code, message, ...(declineCode && { decline_code: declineCode }) });
}
