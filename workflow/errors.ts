/**
 * The named errors of the workflow. The name is the retry policy: `enrollment.asl.json` matches on it.
 * Messages carry ids and amounts only, since they end up in execution histories and dead letters.
 */

/** Trying again may help: a timeout, a throttle, a refused connection. */
export class RetryableError extends Error {
  override name = "RetryableError";
}

/** Trying again cannot help; an operator must mend the cause first. Subclasses are listed in TERMINAL_ERRORS. */
export abstract class TerminalError extends Error {}

/** The execution's input is not a payment event. */
export class InvalidPaymentEvent extends TerminalError {
  override name = "InvalidPaymentEvent";
}

/** The checkout session contradicts itself or the course: ids that disagree or are missing, a course that is not sold. */
export class InvalidSession extends TerminalError {
  override name = "InvalidSession";
}

/** What the session asked for is not the course's price. */
export class AmountMismatch extends TerminalError {
  override name = "AmountMismatch";
}

export class CourseNotFound extends TerminalError {
  override name = "CourseNotFound";
}

export class StudentNotFound extends TerminalError {
  override name = "StudentNotFound";
}

/** The student paid for a course that was already theirs. */
export class DoublePayment extends TerminalError {
  override name = "DoublePayment";
}

/** The names that the state machine never retries. */
export const TERMINAL_ERRORS = [
  "InvalidPaymentEvent",
  "InvalidSession",
  "AmountMismatch",
  "CourseNotFound",
  "StudentNotFound",
  "DoublePayment",
] as const;
