/** What makes Stripe's stand-in behave badly until it is mended. */
import * as z from "zod";

const someRequests = {
  method: z.enum(["GET", "POST", "DELETE"]).optional(),
  path: z.string().optional(),
  count: z.int().positive().optional(),
};
const silenceSchema = z
  .object({ ...someRequests, moment: z.enum(["before", "after"]).optional() })
  .nullable();

/** As the stand-in has them; it has more, and those stay as they are. */
export const stripeKnobsSchema = z.object({
  paused: z.boolean(),
  dropDeliveries: z.boolean(),
  /** Extra copies of every event. */
  duplicates: z.int().min(0).max(100),
  delayMs: z.int().min(0),
  apiDelayMs: z.int().min(0),
  failApi: z
    .object({ ...someRequests, status: z.int(), moment: z.enum(["before", "during", "after"]).optional() })
    .nullable(),
  hangApi: silenceSchema,
  cutApi: silenceSchema,
  /** Checkout sessions that are shown with `status: null`. */
  sessionsWithoutStatus: z.array(z.string()),
});
export type StripeKnobs = z.infer<typeof stripeKnobsSchema>;
