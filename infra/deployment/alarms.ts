/** The alarms: when they go off and what they mean. CloudWatch evaluates them on AWS, the console on one machine. */

/** What to do about them: a section for each. From the repository's root. */
export const RUNBOOK = "infra/operate/runbook.md";

export interface AlarmDefinition {
  /** Sums or maxima over one period; reached or passed, the alarm goes off. */
  threshold: number;
  /** What the threshold is counted in, for people. */
  unit: string;
  /** ALARM_PERIOD_SECONDS unless given. */
  periodSeconds?: number;
  /** Periods in a row. */
  evaluationPeriods?: number;
  /** One sentence: what has happened, and what that means for students. */
  meaning: string;
}

/** Of every metric that an alarm looks at, but for those of the hourly reconciliation. */
export const ALARM_PERIOD_SECONDS = 300;

export const ALARMS = {
  DeadLetters: {
    threshold: 1,
    unit: "messages",
    meaning: "A paid purchase could not be turned into an enrollment and waits for a person.",
  },
  ExecutionsFailed: {
    threshold: 1,
    unit: "executions",
    meaning: "An execution failed: a student may have paid without being enrolled.",
  },
  ExecutionsTimedOut: {
    threshold: 1,
    unit: "executions",
    meaning: "An execution ran out of time, which none should: a purchase stands still.",
  },
  ExecutionsAborted: {
    threshold: 1,
    unit: "executions",
    meaning: "Somebody stopped an execution by hand: its purchase stands still until it is redriven.",
  },
  WebhookFailures: {
    threshold: 1,
    unit: "answers",
    meaning:
      "The webhook answered Stripe with a server error: nothing was stored, and Stripe will deliver again.",
  },
  SignatureFailures: {
    threshold: 20,
    unit: "requests",
    meaning:
      "Many webhook requests are not signed by Stripe's current secret: a rotation gone wrong, or forgeries.",
  },
  OverflowAge: {
    threshold: 900,
    unit: "seconds",
    meaning: "A payment event has waited in the overflow queue for 15 minutes: executions cannot be started.",
  },
  StepThrottles: {
    threshold: 10,
    unit: "invocations",
    evaluationPeriods: 2,
    meaning: "Lambda keeps turning steps away: enrollments are late, and fail once the retries are used up.",
  },
  DoublePayment: {
    threshold: 1,
    unit: "payments",
    meaning: "A student has paid for a course that was already theirs, and is owed the money.",
  },
  CheckoutsRefused: {
    threshold: 1,
    unit: "checkouts",
    meaning:
      "A course is in the catalogue and cannot be bought: Stripe refuses its price or product, or asks another price.",
  },
  RefundsNoticed: {
    threshold: 1,
    unit: "refunds",
    meaning: "A payment was refunded at Stripe: a person must say whether the student keeps the course.",
  },
  DisputesNoticed: {
    threshold: 1,
    unit: "disputes",
    meaning:
      "A payment is disputed at Stripe: a person must answer there, and say whether the student keeps the course.",
  },
  UnreadableRecords: {
    threshold: 1,
    unit: "records",
    meaning: "A stored record, or one of Stripe's, is not of the shape it should have and was left out.",
  },
  PolicyViolations: {
    threshold: 5,
    unit: "reports",
    meaning:
      "Browsers report that a page wanted what its policy forbids: a script that is not ours, or a policy that is wrong.",
  },
  PaidNotEnrolled: {
    threshold: 1,
    unit: "purchases",
    periodSeconds: 3600,
    meaning: "The hourly reconciliation has found a purchase that is paid for and not delivered.",
  },
  ReconciliationFailed: {
    threshold: 3,
    unit: "tries",
    periodSeconds: 3600,
    meaning: "The hourly reconciliation came to no end in any of its tries: what was lost stays unseen.",
  },
} satisfies Record<string, AlarmDefinition>;

export type AlarmId = keyof typeof ALARMS;

/** @returns e.g. `dead-letters`: the alarm's name on AWS after the deployment's, and its section in the runbook */
export function alarmSlug(alarmId: AlarmId): string {
  return alarmId.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
