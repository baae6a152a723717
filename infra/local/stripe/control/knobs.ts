/** What a test, the console or a game day can turn to make Stripe behave badly. */
import { z } from "zod";

export const knobsSchema = z.strictObject({
  /** Extra copies of every event that is delivered. */
  duplicates: z.int().min(0).max(100),
  /** Milliseconds before an event's first delivery. */
  delayMs: z.int().min(0),
  /** Milliseconds until the bank of a delayed payment method decides. */
  asyncPaymentDelayMs: z.int().min(0),
  /** No delivery is attempted; they wait. */
  paused: z.boolean(),
  /** New events are recorded and never delivered, unless they are resent. */
  dropDeliveries: z.boolean(),
  /** The API answers with this status, `count` times or until it is null again. */
  failApi: z
    .strictObject({ status: z.int().min(400).max(599), count: z.int().positive().optional() })
    .nullable(),
  /** Milliseconds before the API answers. */
  apiDelayMs: z.int().min(0),
});
export type Knobs = z.infer<typeof knobsSchema>;

export const NEUTRAL_KNOBS: Knobs = {
  duplicates: 0,
  delayMs: 0,
  asyncPaymentDelayMs: 5_000,
  paused: false,
  dropDeliveries: false,
  failApi: null,
  apiDelayMs: 0,
};
