/** What operators' programs know of executions, letters and deliveries. Times are ISO 8601. */
import type {
  ExecutionDetail,
  ExecutionRow,
  ExecutionState,
} from "#handlers/adapters/step-functions/execution.ts";
import type { DeadLetter } from "#workflow/dead-letters/read.ts";
import type { Action } from "#workflow/ledger/actions.ts";
import type { LedgerEntry } from "#workflow/ledger/entry.ts";

export type {
  Definition,
  ExecutionEvent,
  ExecutionHistory,
  ExecutionRow,
  ExecutionState,
  StateDefinition,
} from "#handlers/adapters/step-functions/execution.ts";
export type { StripeKnobs } from "./stripe-knobs.ts";
export type { RehearsalKind } from "./stripe-rehearsals.ts";

/** The execution that does a purchase's work now: the one that is named after its event, or a fresh one in its place. */
export interface Standing {
  executionName: string;
  status: ExecutionState;
}

/** With `standing` when that is another one. */
export interface FollowedExecution extends ExecutionDetail {
  standing?: Standing | undefined;
  /** What is different from before, when it has failed again. */
  repeat?: string | undefined;
}

/** What an execution is about. Of one that was not started with a payment event, nobody and nothing. */
export interface Subject {
  userId?: string | undefined;
  courseId?: string | undefined;
  /** Of one that has failed; what was caught says more than where it then ended. */
  error?: string | undefined;
}

export interface ListedExecution extends ExecutionRow {
  /** Absent: not read yet. */
  subject?: Subject | undefined;
}

/** How far a list has come. */
export interface Looked {
  /** Where the next page begins; absent on the last one. */
  next?: string | undefined;
  /** How many were looked at to find these. */
  looked: number;
  /** When the oldest of those began; absent when there was none to look at. */
  lookedBackTo?: string | undefined;
}

/** Newest first. */
export interface ExecutionsPage extends Looked {
  executions: ListedExecution[];
}

/** A letter as it may be shown: without what only SQS and a fresh start want to know. */
export type ShownLetter = Omit<DeadLetter, "receiptHandle" | "event">;

export interface FollowedLetter extends ShownLetter {
  /** Absent: no execution is known for it. */
  standing?: Standing | undefined;
}

/** Letters of one error and one course, oldest first among its like. */
export interface LetterGroup {
  error: string;
  courseId?: string | undefined;
  letters: number;
  /** When the oldest was sent. */
  sentAt: string;
}

export interface FollowedLetters {
  /** A page of those that match the filter, oldest first: that student has waited longest. */
  deadLetters: FollowedLetter[];
  /** Of all that match the filter, the largest first. */
  groups: LetterGroup[];
  /** How many match the filter. */
  matching: number;
  /** Where the next page begins; absent on the last one. */
  next?: string | undefined;
  /** What there is to choose from. */
  errors: string[];
  courseIds: string[];
  /** How many could be read: what somebody else has in hand is out of sight. */
  read: number;
  /** About how many there are, in sight or not. */
  total: number;
}

export interface Delivery {
  eventId: string;
  type: string;
  createdAt: string;
  checkoutSessionId?: string | undefined;
  /** As the metadata of what it is about say. */
  userId?: string | undefined;
  courseId?: string | undefined;
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

/** Newest first. */
export interface DeliveriesPage extends Looked {
  deliveries: Delivery[];
}

export type FaultKind = "refuse" | "throttle" | "delay" | "hang";

/** Requests whose target begins so go wrong, e.g. `DynamoDB_20120810.` or `AWSStepFunctions.StartExecution`. */
export interface Fault {
  target: string;
  kind: FaultKind;
  /** With `delay`. */
  delayMs?: number | undefined;
}

export interface LedgerFilter {
  since: Date;
  until: Date;
  action?: Action | undefined;
  /** Part of a name, in any case. */
  who?: string | undefined;
  /** An id; of a student also what stands in the ledger for one who was erased. */
  about?: string | undefined;
}

/** Newest first. */
export interface LedgerPage {
  entries: LedgerEntry[];
  /** When the newest entry was begun that was left out; absent on the last page. */
  next?: string | undefined;
}
