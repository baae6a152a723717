/** What people, banks and other shops do at Stripe, done on purpose at its stand-in. */
import * as z from "zod";
import { createStandInCall } from "./stripe-stand-in.ts";

interface Rehearsal {
  method: "POST" | "DELETE";
  path: (id: string) => string;
  body?: object;
}

const REHEARSALS = {
  refund: { method: "POST", path: (id) => `checkouts/${id}/refund`, body: {} },
  dispute: { method: "POST", path: (id) => `checkouts/${id}/dispute`, body: {} },
  disputeWon: { method: "POST", path: (id) => `disputes/${id}/close`, body: { outcome: "won" } },
  disputeLost: { method: "POST", path: (id) => `disputes/${id}/close`, body: { outcome: "lost" } },
  customerDeleted: { method: "DELETE", path: (id) => `customers/${id}` },
  priceArchived: { method: "POST", path: (id) => `prices/${id}`, body: { active: false } },
  productArchived: { method: "POST", path: (id) => `products/${id}`, body: { active: false } },
  foreignSale: { method: "POST", path: () => "foreign-sales", body: {} },
  connectEvent: { method: "POST", path: (id) => `events/${id}/copy`, body: { account: "acct_rehearsal" } },
  thinEvent: { method: "POST", path: (id) => `events/${id}/copy`, body: { thin: true } },
} satisfies Record<string, Rehearsal>;

export type RehearsalKind = keyof typeof REHEARSALS;

/** Without an id only a sale of another shop can be asked for. */
export const rehearsalSchema = z.object({
  kind: z.enum(Object.keys(REHEARSALS) as [RehearsalKind, ...RehearsalKind[]]),
  id: z.string().trim().max(255).default(""),
});

/**
 * @param stripeUrl e.g. `http://localhost:12111`
 * @returns does it; what Stripe would refuse is an Error in its words
 */
export function createStripeRehearsals(stripeUrl: string) {
  const call = createStandInCall(stripeUrl);
  return async ({ kind, id }: z.infer<typeof rehearsalSchema>): Promise<void> => {
    const { method, path, body }: Rehearsal = REHEARSALS[kind];
    await call(method, path(encodeURIComponent(id)), body);
  };
}
