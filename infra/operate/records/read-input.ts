/** Reads what an execution was started with. */
import { type PaymentEvent, paymentEventSchema } from "#workflow/payment-event.ts";
import { textIn } from "./history-text.ts";
import type { ExecutionEvent } from "./shapes.ts";

/** @returns undefined when it was not started with a payment event: anybody can start an execution by hand */
export function readInput(events: ExecutionEvent[] | undefined): PaymentEvent | undefined {
  const input = textIn(events?.[0]?.details ?? {}, "input") ?? "null";
  return paymentEventSchema.safeParse(JSON.parse(input)).data;
}
