/** Where events wait that could not be started, and where purchases wait for a person. */
import type { DeadLetter } from "../dead-letters/read.ts";
import type { PaymentEvent } from "../payment-event.ts";
import type { PaymentNotice } from "../payment-notice.ts";

/** What could not be done and waits for a person. */
export interface DeadLetterQueue {
  /** All that are there, oldest first, out of everybody else's sight for so many seconds. */
  receiveDeadLetters(hiddenForSeconds: number): Promise<DeadLetter[]>;
  /** The same without taking them: they are given back before this returns, so their receipt handles are good for nothing. */
  peekDeadLetters(): Promise<DeadLetter[]>;
  /** About how many there are, in sight or not. */
  countDeadLetters(): Promise<number>;
  deleteDeadLetters(letters: DeadLetter[]): Promise<void>;
  /** Back into sight. */
  releaseDeadLetters(letters: DeadLetter[]): Promise<void>;
}

/** So often a message is handed out that is never done with; then it becomes a dead letter. */
export const OVERFLOW_TRIES = 20;

/** Where payment events wait while the state machine cannot be started, and notices for who has the time to look. */
export interface OverflowQueue {
  enqueue(event: PaymentEvent | PaymentNotice): Promise<void>;
}
