/** Speaks to what stands in for Stripe on this machine, at the addresses that Stripe itself has not. */
import * as z from "zod";

const refusalSchema = z.object({ error: z.object({ message: z.string() }) });

type CallStandIn = (method: string, path: string, body?: object) => Promise<unknown>;

/**
 * @param stripeUrl e.g. `http://localhost:12111`
 * @returns asks for a path below `/_bursar/`; what is refused is an Error in the stand-in's words
 */
export function createStandInCall(stripeUrl: string): CallStandIn {
  return async (method, path, body) => {
    const response = await fetch(`${stripeUrl}/_bursar/${path}`, {
      method,
      ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    }).catch(() => undefined);
    if (response?.ok) return response.json();
    const refusal = refusalSchema.safeParse(await response?.json().catch(() => undefined));
    throw new Error(
      refusal.data?.error.message ?? `Stripe's stand-in on ${stripeUrl} does not answer as it should.`,
    );
  };
}
