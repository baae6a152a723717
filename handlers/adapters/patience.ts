/**
 * How long each caller waits for AWS and Stripe: every limit here ends the request, and every sum fits inside what the
 * caller itself is given, so that a service which takes the connection and never answers costs an error and not the Lambda.
 */

/** `attempts` tries of `attemptMs` each at most, connecting included; a pause between two of them is under a second. */
export interface Patience {
  attempts: number;
  attemptMs: number;
  /** `adaptive` slows down together with what is asked; for those who are waited for by nobody. */
  retryMode?: "standard" | "adaptive";
}

export const PATIENCE = {
  /** Stripe waits for the answer: secret, state machine and overflow queue one after the other, within 12 seconds. */
  webhook: { attempts: 2, attemptMs: 2_500 },
  /** A step has 20 seconds, and is retried by the state machine; a student's request has 15. */
  request: { attempts: 3, attemptMs: 2_000 },
  /** Of the overflow queue's consumer (30 seconds), the sweep and operators: as fast as the service takes it, no faster. */
  background: { attempts: 4, attemptMs: 5_000, retryMode: "adaptive" },
  /** Stripe's API while a student waits. Opening a checkout takes it a second or two. */
  checkout: { attempts: 2, attemptMs: 5_000 },
  /** Stripe's API within a step: expiring another checkout is the least of what it does in its time. */
  expiry: { attempts: 2, attemptMs: 3_000 },
  /** Stripe's lists, for the sweep and for operators. */
  records: { attempts: 3, attemptMs: 10_000 },
} satisfies Record<string, Patience>;
