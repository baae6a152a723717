/** Notes on the purchase which execution fails, so that nobody starts a second one and the purchase is found again. */
import { TerminalError } from "../errors.ts";
import { isSettled, type PaymentEvent } from "../payment-event.ts";
import type { PurchaseStore } from "../ports/stores.ts";

export interface NoteFailurePorts {
  purchases: Pick<PurchaseStore, "noteFailure">;
  now: () => Date;
}

/**
 * Of every try that fails, since no step knows whether it is the last one; what was noted goes once it is mended. What no
 * retry can mend has failed for good.
 */
export async function noteFailure(
  event: PaymentEvent,
  executionName: string,
  error: unknown,
  { purchases, now }: NoteFailurePorts,
): Promise<void> {
  const { userId, courseId, checkoutSessionId } = event;
  if (!isSettled(event) || !userId || !courseId) return;
  const ids = { userId, courseId, checkoutSessionId };
  const failure = { executionName, isFinal: error instanceof TerminalError };
  await purchases.noteFailure(ids, event, failure, now().toISOString());
}
