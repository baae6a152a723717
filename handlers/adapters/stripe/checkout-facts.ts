/** What operators are told of a checkout session and of an event about it. Times are ISO 8601; money is minor units. */

export interface SessionFacts {
  checkoutSessionId: string;
  /** False: of another product or deployment in the same Stripe account. */
  isOurs: boolean;
  status: string;
  paymentStatus: string;
  userId?: string | undefined;
  courseId?: string | undefined;
  paymentIntentId?: string | undefined;
  amountTotal?: number | undefined;
  currency?: string | undefined;
  createdAt: string;
  expiresAt: string;
}

export interface EventFacts {
  eventId: string;
  type: string;
  createdAt: string;
  /** Undefined: it is not about a checkout session. */
  checkoutSessionId?: string | undefined;
  /** Stripe's own count of endpoints that have not taken it yet. */
  pendingDeliveries: number;
}
