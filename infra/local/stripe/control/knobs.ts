/** What a test, the console or a game day can turn to make Stripe behave badly. */
import * as z from "zod";

/**
 * When a request goes wrong: `before` it is executed, so nothing was done and nothing is kept under its
 * Idempotency-Key; `during`, so nothing was done and the answer is kept; `after`, so all was done, and the answer that
 * says otherwise is kept. Stripe calls the outcome of its 500s indeterminate, and these are the ways it can have gone.
 */
const momentSchema = z.enum(["before", "during", "after"]);
export type Moment = z.infer<typeof momentSchema>;

/** Which requests of the API: all of them, unless it is said. */
const someRequests = {
  method: z.enum(["GET", "POST", "DELETE"]).optional(),
  /** How the path begins, e.g. `/v1/checkout/sessions`. */
  path: z.string().startsWith("/v1/").optional(),
  /** So many of them; without it, all until the knob is null again. */
  count: z.int().positive().optional(),
};
export type SomeRequests = z.infer<z.ZodObject<typeof someRequests>>;

/** Without an answer nothing is kept but by an execution that has ended. */
const silenceSchema = z
  .strictObject({ ...someRequests, moment: z.enum(["before", "after"]).optional() })
  .nullable();

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
  /** The API answers with this status; `before` unless another moment is given. */
  failApi: z
    .strictObject({ ...someRequests, status: z.int().min(400).max(599), moment: momentSchema.optional() })
    .nullable(),
  /** The API takes the request and never answers. */
  hangApi: silenceSchema,
  /** The API cuts the connection instead of answering. */
  cutApi: silenceSchema,
  /** Milliseconds before the API answers. */
  apiDelayMs: z.int().min(0),
  /** Checkout sessions, by id, that the API shows with `status: null`, which Stripe's types allow. */
  sessionsWithoutStatus: z.array(z.string()),
  /** The account has no terms of service, or Stripe Tax was never set up. */
  withoutTermsUrl: z.boolean(),
  withoutTaxSettings: z.boolean(),
});
export type Knobs = z.infer<typeof knobsSchema>;

export const NEUTRAL_KNOBS: Knobs = {
  duplicates: 0,
  delayMs: 0,
  asyncPaymentDelayMs: 5_000,
  paused: false,
  dropDeliveries: false,
  failApi: null,
  hangApi: null,
  cutApi: null,
  apiDelayMs: 0,
  sessionsWithoutStatus: [],
  withoutTermsUrl: false,
  withoutTaxSettings: false,
};
