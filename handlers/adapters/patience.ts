/**
 * How long each caller waits for AWS and Stripe: every limit here ends the wait, and every sum fits inside what the
 * caller itself is given, so that a service which takes the connection and never answers costs an error and not the Lambda.
 */

/** `attempts` tries of `attemptMs` each at most, connecting included, with a pause between two of them. */
export interface Patience {
  attempts: number;
  attemptMs: number;
  /** `adaptive` slows down together with what is asked; for those who are waited for by nobody. */
  retryMode?: "standard" | "adaptive";
}

export const PATIENCE = {
  /** Stripe waits for the answer: secret, state machine and overflow queue one after the other, within 12 seconds. */
  webhook: { attempts: 2, attemptMs: 2_000 },
  /** A step has 20 seconds at least, and is retried by the state machine; a student's request has 15. */
  request: { attempts: 3, attemptMs: 2_000 },
  /** Of the sweep and operators: as fast as the service takes it, no faster. */
  background: { attempts: 4, attemptMs: 5_000, retryMode: "adaptive" },
  /** Of the overflow queue's consumer, within its 30 seconds: a quota that is used up just now is waited for here, since what fails waits for minutes. */
  overflow: { attempts: 8, attemptMs: 2_000, retryMode: "adaptive" },
  /** Stripe's API while a student waits. Opening a checkout takes it a second or two. */
  checkout: { attempts: 2, attemptMs: 4_500 },
  /** Stripe's API for what can wait: that a customer's name there is an old one keeps nobody from paying. */
  courtesy: { attempts: 1, attemptMs: 2_500 },
  /** Stripe's API within a step: expiring another checkout is the least of what it does in its time. */
  expiry: { attempts: 2, attemptMs: 3_000 },
  /** Stripe's lists, for the sweep and for operators. */
  records: { attempts: 3, attemptMs: 10_000 },
  /** Cognito waits five seconds for a trigger, which asks it two things one after the other. */
  trigger: { attempts: 2, attemptMs: 900 },
} satisfies Record<string, Patience>;

/** Between two tries; a throttle's own pauses may be longer and are then cut short. */
const LONGEST_PAUSE_MS = 1_000;

/** @returns milliseconds after which a call is over, whether it was answered, refused, or neither */
export const longestOf = ({ attempts, attemptMs }: Patience): number =>
  attempts * attemptMs + (attempts - 1) * LONGEST_PAUSE_MS;

/** A student has an answer by then, if only that something went wrong: browsers and people wait no longer. */
export const LONGEST_ANSWER_MS = 14_500;

/** What a function keeps of its time to say in its own words that the rest was not enough. */
export const LAST_WORDS_MS = 1_000;
