/** What the console's server tells its page. Times are ISO 8601. */
import type { ExecutionStatus } from "@aws-sdk/client-sfn";

export interface About {
  stateMachineName: string;
  stateMachineArn: string;
  region: string;
  /** False: everything can be looked at and nothing changed. */
  mayRedrive: boolean;
  /** Parts that only some deployments have. */
  has: { deadLetters: boolean; alarms: boolean; deliveries: boolean; faults: boolean };
}

export interface ExecutionRow {
  name: string;
  status: ExecutionStatus;
  startedAt: string;
  stoppedAt?: string | undefined;
  redriveCount: number;
}

export interface ExecutionsPage {
  executions: ExecutionRow[];
  /** Where the next page begins; absent on the last one. */
  nextToken?: string | undefined;
  /** How many executions were looked at to find these. */
  looked: number;
}

/** One event of a history; `details` is what Step Functions says beside the type. */
export interface ExecutionEvent {
  id: number;
  type: string;
  at: string;
  details: Record<string, unknown>;
}

export interface ExecutionDetail extends ExecutionRow {
  executionArn: string;
  input?: string | undefined;
  output?: string | undefined;
  error?: string | undefined;
  cause?: string | undefined;
  /** Why it cannot be redriven; absent when it can. */
  notRedrivable?: string | undefined;
  definition: Definition;
  events: ExecutionEvent[];
  /** True when the history is longer than what is shown. */
  isCut: boolean;
}

/** As much of the Amazon States Language as a drawing needs. */
export interface Definition {
  Comment?: string;
  StartAt: string;
  States: Record<string, StateDefinition>;
}

export interface StateDefinition {
  Type: string;
  Comment?: string;
  Next?: string;
  Default?: string;
  Choices?: { Next: string }[];
  Catch?: { Next: string }[];
  Resource?: string;
}

export interface DeadLetter {
  messageId: string;
  sentAt: string;
  error: string;
  cause: string;
  /** The execution that gave up; absent when the message says of none. */
  executionName?: string | undefined;
  executionStatus?: ExecutionStatus | undefined;
  eventId?: string | undefined;
  checkoutSessionId?: string | undefined;
  paymentIntentId?: string | undefined;
  userId?: string | undefined;
  courseId?: string | undefined;
}

export interface DeadLetters {
  deadLetters: DeadLetter[];
  /** About how many there are, shown or not. */
  total: number;
}

export type AlarmState = "OK" | "ALARM";

export interface AlarmView {
  alarmId: string;
  state: AlarmState;
  /** In words: the value, what it is compared with, and over which time. */
  reason: string;
  /** Absent: no data. */
  value?: number | undefined;
  threshold: number;
  unit: string;
  meaning: string;
  /** The file with what to do, and its section. */
  runbook: string;
  /** Newest first. */
  history: { at: string; state: AlarmState; reason: string }[];
}

export interface Delivery {
  eventId: string;
  type: string;
  createdAt: string;
  checkoutSessionId?: string | undefined;
  delivered: boolean;
  /** Newest first. */
  attempts: {
    at: string;
    /** Null: there was no answer; `error` says why. */
    status: number | null;
    error: string | null;
    responseBody: string;
    durationMs: number;
    nextAttemptAt: string | null;
  }[];
}

export interface DeliveriesPage {
  deliveries: Delivery[];
  hasMore: boolean;
}

export type FaultKind = "refuse" | "throttle" | "delay";

/** Requests whose target begins so go wrong, e.g. `DynamoDB_20120810.` or `AWSStepFunctions.StartExecution`. */
export interface Fault {
  target: string;
  kind: FaultKind;
  /** With `delay`. */
  delayMs?: number | undefined;
}

export interface StripeKnobs {
  paused: boolean;
  dropDeliveries: boolean;
  duplicates: number;
  delayMs: number;
  apiDelayMs: number;
  failApi: { status: number; count?: number | undefined } | null;
}

export interface Faults {
  aws?: Fault[] | undefined;
  stripe?: StripeKnobs | undefined;
}

export interface Failure {
  error: string;
}
