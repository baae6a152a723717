/** What the rules ask of the company that takes the money. They speak Stripe's events and statuses. */
import type { PaidCourse, Student } from "../model.ts";
import type { PaymentEvent, PaymentStatus } from "../payment-event.ts";
import type { PaymentNotice } from "../payment-notice.ts";
import type { Period } from "../period.ts";
import type { ReportDated } from "./stores.ts";

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
  /** What is charged in the end. */
  amountTotal?: number | undefined;
  currency: string | undefined;
  /** An invoice is written for it. */
  isInvoiced?: true | undefined;
  createdAt?: string | undefined;
  expiresAt: string;
  /**
   * Once it is settled: what an execution takes as input. The event id is the session's, and every field is the same
   * whoever asks and whenever.
   */
  settlement?: PaymentEvent | undefined;
}

/** A student, and the language that they read as a tag; undefined when it is not known. */
export type Buyer = Student & { locale?: string | undefined };

export interface CheckoutRequest {
  student: Pick<Buyer, "userId" | "email" | "stripeCustomerId" | "locale">;
  course: PaidCourse;
  /**
   * The same request in the same attempt is answered with the same session: two tabs, a retry, an answer lost on the way.
   */
  attempt: number;
}

/**
 * - `course`: its price or product cannot be charged like this
 * - `customer`: the customer is gone
 * - `email`: the address is none
 * - `answer`: the provider keeps an answer that nobody can use; another attempt gets another one
 */
type CheckoutRefusalReason = "course" | "customer" | "email" | "answer";

/** The provider will not have it as it was asked. `code` and `param` are the provider's own; neither holds anything personal. */
export class CheckoutRefused extends Error {
  override name = "CheckoutRefused";
  readonly reason: CheckoutRefusalReason;
  readonly code: string;
  readonly param: string;
  /** The provider's own id of the request, which its dashboard finds. */
  readonly providerRequestId: string | undefined;

  constructor(reason: CheckoutRefusalReason, code = "none", param = "none", providerRequestId?: string) {
    super(`the payment provider refuses the ${reason}: ${code}, ${param}`);
    this.reason = reason;
    this.code = code;
    this.param = param;
    this.providerRequestId = providerRequestId;
  }
}

/** A company that takes money. Stripe is the one there is; another is one more adapter. */
export interface PaymentProvider {
  /** @throws CheckoutRefused */
  openCheckout(request: CheckoutRequest): Promise<CheckoutSession>;
  /** @returns undefined for one that does not exist, and for another deployment's or product's */
  findCheckout(checkoutSessionId: string): Promise<CheckoutSession | undefined>;
  /** Makes an open session unpayable. One that is no longer open stays as it is. */
  expireCheckout(checkoutSessionId: string): Promise<void>;
  /**
   * @returns false when there is no such customer any more
   * @throws CheckoutRefused when the provider takes no such name or address
   */
  updateCustomer(customerId: string, claims: Pick<Student, "email" | "name">): Promise<boolean>;
  /** @returns the address of the receipt or invoice; undefined while there is none */
  findReceipt(checkoutSessionId: string): Promise<string | undefined>;
  /** @returns how much of it went back, in minor units */
  findAmountRefunded(checkoutSessionId: string): Promise<number>;
  /** @returns the checkout session that a payment was made with, if it is one of ours */
  findCheckoutByPayment(paymentIntentId: string): Promise<CheckoutSession | undefined>;
}

/** What the payment provider remembers of a period, newest first, read while it is asked for. */
export interface PaymentRecords {
  /** The events about fulfilment, delivered or not. */
  listPaymentEvents(period: Period, report: ReportDated): AsyncIterable<PaymentEvent>;
  /** The news of refunds and disputes. */
  listNotices(period: Period, report: ReportDated): AsyncIterable<PaymentNotice>;
  /** The checkout sessions that were created in it. */
  listCheckouts(period: Period, report: ReportDated): AsyncIterable<CheckoutSession>;
}

/** Reads what a payment provider posts to the webhook. */
export interface PaymentEventReader {
  /**
   * @param rawBody the bytes as they arrived; a signature covers these and nothing else
   * @returns undefined for a genuine event that has nothing to do with our enrollments
   * @throws WebhookRefused
   */
  readEvent(
    rawBody: Uint8Array,
    headers: Record<string, string | undefined>,
  ): Promise<PaymentEvent | PaymentNotice | undefined>;
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
  /** Who sent it, so that whoever forges can be told apart and blocked: digests that only the deployment can make. */
  readonly sources: string[] | undefined;

  constructor(reason: RefusalReason, message: string, sources?: string[]) {
    super(message);
    this.reason = reason;
    this.sources = sources;
  }
}
