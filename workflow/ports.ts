/** What the rules need from outside. Adapters in `handlers/adapters` implement these; `handlers/composition.ts` joins them. */
import type { DeadLetter } from "./dead-letters/read.ts";
import type { Course, Enrollment, OpenCheckout, PaidCourse, SettledCheckout, Student } from "./model.ts";
import type { PaymentEvent, PaymentStatus } from "./payment-event.ts";

export interface CourseStore {
  listCourses(): Promise<Course[]>;
  findCourse(courseId: string): Promise<Course | undefined>;
}

export interface StudentStore {
  findStudent(userId: string): Promise<Student | undefined>;
  /** Stores the student unless there is one with that userId already; returns the stored one. */
  ensureStudent(student: Student): Promise<Student>;
  /** Sets the customer id unless the student has one already; returns the one that stands. Undefined: no such student. */
  linkCustomer(userId: string, customerId: string, at: string): Promise<string | undefined>;
}

export interface EnrollmentStore {
  /** Strongly consistent: a webhook may follow a write within milliseconds. */
  findEnrollment(userId: string, courseId: string): Promise<Enrollment | undefined>;
  listEnrollments(userId: string): Promise<Enrollment[]>;
  /** A conditional write: false, and nothing written, when the student already has an enrollment in the course. */
  createEnrollment(enrollment: Enrollment): Promise<boolean>;
}

/** For looking back; eventually consistent. */
export interface EnrollmentRecords {
  listEnrollmentsSince(courseId: string, since: Date): Promise<Enrollment[]>;
}

export interface OpenCheckoutStore {
  findOpenCheckout(userId: string, courseId: string): Promise<OpenCheckout | undefined>;
  /**
   * Makes `next` the student's open checkout if it is still `previous` that stands there (undefined: none).
   * False, and nothing written, when another request was faster.
   */
  replaceOpenCheckout(next: OpenCheckout, previous: OpenCheckout | undefined): Promise<boolean>;
  /** Notes that the session can no longer be paid, if it is that session that stands there. */
  closeOpenCheckout(
    checkout: Pick<OpenCheckout, "userId" | "courseId" | "checkoutSessionId">,
    at: string,
  ): Promise<void>;
}

export interface SettledCheckoutStore {
  findSettledCheckout(userId: string, checkoutSessionId: string): Promise<SettledCheckout | undefined>;
  /** Stores `next` if what stands there is still `previous` (undefined: nothing); false when somebody was faster. */
  replaceSettledCheckout(next: SettledCheckout, previous: SettledCheckout | undefined): Promise<boolean>;
}

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
   * @throws InvalidSignature
   */
  readPaymentEvent(
    rawBody: Buffer,
    headers: Record<string, string | undefined>,
  ): Promise<PaymentEvent | undefined>;
}

/** The webhook request was not signed by the payment provider, is not readable as one of its events, or is not for this deployment. */
export class InvalidSignature extends Error {
  override name = "InvalidSignature";
}

export type StartOutcome = "started" | "redriven" | "duplicate";

/** The running and finished executions of the state machine. */
export interface Executions {
  /** Starts the execution named after the event; one that had failed is redriven instead. */
  startExecution(event: PaymentEvent): Promise<StartOutcome>;
}

/** `unknown`: it could not be found out just now. */
export type ExecutionStatus = "running" | "succeeded" | "failed" | "unknown";

export interface ExecutionFollowUp {
  /** Starts the execution named after the event unless there is one, and says how that stands. Never redrives it. */
  ensureExecution(event: PaymentEvent): Promise<ExecutionStatus>;
}

/** For looking back; eventually consistent. */
export interface ExecutionRecords {
  /** By execution name. */
  listExecutionsSince(since: Date): Promise<Map<string, ExecutionStatus>>;
}

/** What operators do with executions that have failed. */
export interface FailedExecutions {
  /**
   * Redrives it; where that is not possible any more, or would run a definition that was replaced, a fresh execution with
   * the same input takes its place.
   * @returns the name of the execution that does the work now; undefined when there is nothing left to start from
   */
  redriveExecution(executionName: string): Promise<string | undefined>;
  findExecutionStatus(executionName: string): Promise<ExecutionStatus>;
}

/** What could not be done and waits for a person. */
export interface DeadLetterQueue {
  /** All that are there, out of everybody else's sight for so many seconds. */
  receiveDeadLetters(hiddenForSeconds: number): Promise<DeadLetter[]>;
  deleteDeadLetters(letters: DeadLetter[]): Promise<void>;
  /** Back into sight. */
  releaseDeadLetters(letters: DeadLetter[]): Promise<void>;
}

/** Where payment events wait while the state machine cannot be started. */
export interface OverflowQueue {
  enqueue(event: PaymentEvent): Promise<void>;
}
