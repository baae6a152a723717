/** The alarms: when they go off and what they mean. CloudWatch evaluates them on AWS, the console on one machine. */
import type { MetricName } from "./metrics.ts";
import { mapSteps } from "./steps.ts";

/** What to do about them: a section for each. From the repository's root. */
export const RUNBOOK = "infra/operate/runbook.md";

export interface AlarmDefinition {
  /** Added up, period by period; where nothing was measured, 0. */
  metrics: MetricName[];
  /** Reached or passed, a period counts as bad; `isBelow`: not reached. */
  threshold: number;
  isBelow?: boolean;
  /** What the threshold is counted in, for people. */
  unit: string;
  /** ALARM_PERIOD_SECONDS unless given. */
  periodSeconds?: number;
  /** How many of the last periods are looked at; one unless given. */
  evaluationPeriods?: number;
  /** How many of these must be bad; all unless given. */
  datapointsToAlarm?: number;
  /** One sentence: what has happened, and what that means for students. */
  meaning: string;
}

export const ALARM_PERIOD_SECONDS = 300;
const MINUTE = { periodSeconds: 60 };
const HOUR = { periodSeconds: 3600 };

/**
 * Of what happens, not of what stands: the alarm is over a minute later, so that the next one tells again. What comes
 * minute after minute is one alarm, and its end is told too: nothing comes without a message after it.
 */
const NEWS = { ...MINUTE, threshold: 1 };

export const ALARMS = {
  DeadLetters: {
    metrics: ["visible:deadLetterQueue", "inFlight:deadLetterQueue"],
    threshold: 1,
    unit: "messages",
    meaning: "A paid purchase could not be turned into an enrollment and waits for a person.",
  },
  NewDeadLetters: {
    ...NEWS,
    metrics: ["lettersSent", "counted:GivenUp"],
    unit: "letters",
    meaning: "One more purchase waits for a person, be others waiting or not.",
  },
  ExecutionsFailed: {
    ...NEWS,
    metrics: ["executions:failed"],
    unit: "executions",
    meaning: "An execution failed: a student may have paid without being enrolled.",
  },
  ExecutionsTimedOut: {
    ...NEWS,
    metrics: ["executions:timedOut"],
    unit: "executions",
    meaning: "An execution ran out of time, which none should: a purchase stands still.",
  },
  ExecutionsAborted: {
    ...NEWS,
    metrics: ["executions:aborted"],
    unit: "executions",
    meaning: "Somebody stopped an execution by hand: its purchase stands still until it is redriven.",
  },
  WebhookFailures: {
    metrics: ["answers:webhook5xx"],
    threshold: 1,
    unit: "answers",
    meaning:
      "The webhook answered Stripe with a server error: nothing was stored, and Stripe will deliver again.",
  },
  SignatureFailures: {
    metrics: ["counted:SignatureRefused"],
    threshold: 20,
    unit: "requests",
    meaning:
      "Many webhook requests are not signed by Stripe's current secret: a rotation gone wrong, or forgeries.",
  },
  OverflowAge: {
    ...MINUTE,
    // The age of the oldest message leaves out what was received three times; what waits and what is in hand does not.
    metrics: ["visible:overflowQueue", "inFlight:overflowQueue"],
    threshold: 1,
    evaluationPeriods: 15,
    // SQS counts approximately, and may miss a message that is just being received.
    datapointsToAlarm: 12,
    unit: "messages",
    meaning:
      "Payment events have waited in the overflow queue for about 15 minutes: executions cannot be started.",
  },
  OverflowConsumerFailures: {
    metrics: ["errors:overflowQueue", "throttles:overflowQueue"],
    threshold: 1,
    unit: "invocations",
    meaning:
      "The function that empties the overflow queue breaks off or is turned away: what waits there goes on waiting.",
  },
  StepThrottles: {
    metrics: Object.values(mapSteps(({ handler }) => `throttles:${handler}` as const)),
    threshold: 10,
    unit: "invocations",
    evaluationPeriods: 2,
    meaning: "Lambda keeps turning steps away: enrollments are late, and fail once the retries are used up.",
  },
  SigningSecretCopyFailures: {
    metrics: ["errors:copySigningSecret", "throttles:copySigningSecret"],
    periodSeconds: 900,
    threshold: 3,
    unit: "tries",
    meaning:
      "The webhook's own secret cannot be kept: after the next rotation the webhook would refuse Stripe's events.",
  },
  ApiFailures: {
    metrics: ["answers:api5xx"],
    threshold: 3,
    unit: "answers",
    meaning: "Students get server errors: the API fails, ran out of time or is turned away by Lambda.",
  },
  TooManyRequests: {
    metrics: ["answers:tooManyRequests"],
    threshold: 50,
    unit: "answers",
    meaning:
      "Many requests are answered 429: somebody loops or attacks, or a limit is too low for what is sold.",
  },
  SignInFailures: {
    metrics: ["errors:preToken", "throttles:preToken"],
    threshold: 1,
    unit: "invocations",
    meaning: "The function that completes access tokens fails or is turned away: students cannot sign in.",
  },
  SignUpFailures: {
    // Whom it refuses it refuses by an error, so its errors tell of nothing.
    metrics: ["counted:SignUpFailed", "crashes:preSignUp", "throttles:preSignUp"],
    threshold: 1,
    unit: "sign-ups",
    meaning: "Students cannot sign up: it cannot be known whether their address is somebody's already.",
  },
  DoublePayment: {
    ...NEWS,
    metrics: ["counted:DoublePayment"],
    unit: "payments",
    meaning: "A student has paid for a course that was already theirs, and is owed the money.",
  },
  CheckoutsRefused: {
    ...NEWS,
    metrics: ["counted:CheckoutRefused"],
    unit: "checkouts",
    meaning:
      "A course is in the catalogue and cannot be bought: Stripe refuses its price or product, or asks another price.",
  },
  RefundsNoticed: {
    ...NEWS,
    metrics: ["counted:RefundNoticed"],
    unit: "refunds",
    meaning: "A payment was refunded at Stripe: a person must say whether the student keeps the course.",
  },
  DisputesNoticed: {
    ...NEWS,
    metrics: ["counted:DisputeNoticed"],
    unit: "disputes",
    meaning:
      "A payment is disputed at Stripe: a person must answer there, and say whether the student keeps the course.",
  },
  UnreadableRecords: {
    ...NEWS,
    metrics: ["counted:UnreadableRecord"],
    unit: "records",
    meaning: "A stored record, or one of Stripe's, is not of the shape it should have and was left out.",
  },
  PolicyViolations: {
    metrics: ["counted:PolicyViolation"],
    threshold: 5,
    unit: "reports",
    meaning:
      "Browsers report that a page wanted what its policy forbids: a script that is not ours, or a policy that is wrong.",
  },
  PaidNotEnrolled: {
    ...HOUR,
    metrics: ["counted:PaidNotEnrolled"],
    threshold: 1,
    unit: "purchases",
    meaning: "The hourly reconciliation has found a purchase that is paid for and not delivered.",
  },
  LostDeliveries: {
    ...NEWS,
    metrics: ["counted:StartedLate"],
    unit: "purchases",
    meaning:
      "The hourly reconciliation had to start what no delivery of Stripe's had started: events do not reach the webhook.",
  },
  ReconciliationFailed: {
    ...HOUR,
    metrics: ["errors:reconcile"],
    threshold: 3,
    unit: "tries",
    meaning: "The reconciliation broke off three times within an hour: what was lost stays unseen.",
  },
  ReconciliationMissing: {
    ...HOUR,
    metrics: ["counted:Reconciled"],
    threshold: 1,
    isBelow: true,
    evaluationPeriods: 2,
    unit: "reconciliations",
    meaning:
      "No reconciliation has come to its end for two hours, or none was even begun: what was lost stays unseen.",
  },
} satisfies Record<string, AlarmDefinition>;

export type AlarmId = keyof typeof ALARMS;

/** Each as the wider type, for whoever evaluates them. */
export const alarmDefinitions = () => Object.entries(ALARMS) as [AlarmId, AlarmDefinition][];

/** @returns e.g. `dead-letters`: the alarm's name on AWS after the deployment's, and its section in the runbook */
export function alarmSlug(alarmId: AlarmId): string {
  return alarmId.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
