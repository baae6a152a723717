/** Seconds that functions have to do their work in; of the steps in steps.ts, of the overflow queue's consumer in queues.ts. */
export const TIMEOUT_SECONDS = {
  /** More than all that it may wait for, one after the other. */
  webhook: 25,
  /** An HTTP API gives up after 30 seconds; whoever waits has an answer in half of that. */
  api: 28,
  /** Stripe gives 100 events at a time, and slows down whoever asks too fast. */
  reconcile: 15 * 60,
  /** Cognito waits so long for any of its triggers, and not longer. */
  trigger: 5,
};
