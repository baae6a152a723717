/** What a student says in the form beside how they pay. */
import * as z from "zod";

const text = z.string().max(200).optional();

export const orderDetailsSchema = z.object({
  /** Empty: none, and one that stands is taken off. */
  promotionCode: text,
  address: z
    .object({
      country: z.string().regex(/^[A-Z]{2}$/),
      line1: text,
      city: text,
      postal_code: text,
      state: text,
    })
    .optional(),
  /** Null takes one off. */
  taxId: z.object({ type: z.string(), value: z.string(), name: z.string() }).nullish(),
  agreesToTerms: z.boolean().optional(),
});
export type OrderDetails = z.infer<typeof orderDetailsSchema>;
