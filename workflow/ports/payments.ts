/** What the rules ask of the company that takes the money. They speak Stripe's events and statuses. */
import type { PaidCourse, Student } from "../model.ts";
import type { PaymentEvent, PaymentStatus } from "../payment-event.ts";

/** A checkout session as the payment provider sees it now. */
export interface CheckoutSession {
  checkoutSessionId: string;
  status: "open" | "complete" | "expired";
  paymentStatus: PaymentStatus;
  /** A delayed payment that the bank has finally refused. */
  paymentFailed: boolean;
  /** What the client needs to show the form; present while the session is open. */
  clientSecret: string | undefined;
  userId: string | undefined;
  courseId: string | undefined;
  /** Minor units of `currency`, before discounts and tax. */
  amountSubtotal: number | undefined;
  currency: string | undefined;
  createdAt?: string | undefined;
  expiresAt: string;
  /**
   * Once it is settled: what an execution takes as input. The event id is the session's, and every field is the same
   * whoever asks and whenever.
   */
  settlement?: PaymentEvent | undefined;
}

export interface CheckoutRequest {
  student: Student;
  course: PaidCourse;
  /**
   * Requests with the same key are answered with the same session: two tabs, a retry, an answer lost on the way.
   */
  idempotencyKey: string;
}

/** A company that takes money. Stripe is the one there is; another is one more adapter. */
export interface PaymentProvider {
  openCheckout(request: CheckoutRequest): Promise<CheckoutSession>;
  findCheckout(checkoutSessionId: string): Promise<CheckoutSession | undefined>;
  /** Makes an open session unpayable. One that is no longer open stays as it is. */
  expireCheckout(checkoutSessionId: string): Promise<void>;
}

/** What the payment provider remembers, newest first. */
export interface PaymentRecords {
  /** The events about fulfilment, delivered or not. */
  listPaymentEvents(since: Date): AsyncIterable<PaymentEvent>;
  /** The checkout sessions that were created since. */
  listCheckouts(since: Date): AsyncIterable<CheckoutSession>;
}

/** Reads what a payment provider posts to the webhook. */
export interface PaymentEventReader {
  /**
   * @param rawBody the bytes as they arrived; a signature covers these and nothing else
   * @returns undefined for a genuine event that has nothing to do with enrollments
   * @throws WebhookRefused
   */
  readPaymentEvent(
    rawBody: Uint8Array,
    headers: Record<string, string | undefined>,
  ): Promise<PaymentEvent | undefined>;
}

/**
 * - `signature`: not signed with a current secret, or not now
 * - `mode`: of Stripe's live mode for a test deployment, or the reverse
 * - `account`: of another account than ours (Stripe Connect)
 * - `thin`: a thin event, which has no checkout session in it
 * - `shape`: signed, and not one of the provider's events
 */
export type RefusalReason = "signature" | "mode" | "account" | "thin" | "shape";

/** What was posted to the webhook starts nothing; the message says what to look at. */
export class WebhookRefused extends Error {
  override name = "WebhookRefused";
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
