/** What a reconciliation finds: where the payment provider, the executions and the stores disagree. */
import type { PaymentEvent } from "../payment-event.ts";
import type { ExecutionStatus } from "../ports/executions.ts";
import type { Purchase } from "../purchase.ts";

/**
 * - `paid-not-enrolled`: settled and owed, and the student has not got the course
 * - `paid-twice`: settled, and the student has the course by another payment
 * - `not-started`: an event about a checkout that was not paid, and no execution has looked at it
 * - `still-payable`: a session that is open although its student has the course
 * - `enrolled-not-paid`: an enrollment whose session is not settled, or unknown
 * - `decision-unfinished`: a person has decided, and what follows from it is not done yet
 */
type DriftKind =
  | "paid-not-enrolled"
  | "paid-twice"
  | "not-started"
  | "still-payable"
  | "enrolled-not-paid"
  | "decision-unfinished";

export interface Drift {
  kind: DriftKind;
  checkoutSessionId: string;
  userId: string | null;
  courseId: string | null;
  /** When the event, the session or the enrollment came to be. */
  since: string;
  /** The execution that was to act on it, if there is one. */
  executionName?: string;
  executionStatus?: ExecutionStatus;
  /** What an execution would take as input. */
  event?: PaymentEvent;
  /** What is stored of it, where there is something. */
  purchase?: Purchase;
}

/** What makes a drift the same one at a second look. */
export const keyOf = ({ kind, checkoutSessionId, event }: Drift) =>
  [kind, checkoutSessionId, kind === "not-started" && event?.eventType].join();

export function eventDrift(kind: DriftKind, event: PaymentEvent): Drift {
  const { checkoutSessionId, userId, courseId, occurredAt } = event;
  return { kind, checkoutSessionId, userId, courseId, since: occurredAt, event };
}

export function purchaseDrift(kind: DriftKind, purchase: Purchase, since: string): Drift {
  const { userId, courseId, checkoutSessionId } = purchase;
  return { kind, checkoutSessionId, userId, courseId, since, purchase };
}
