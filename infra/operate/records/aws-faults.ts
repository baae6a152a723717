/** The fault switch that the AWS of one machine has beside AWS's own API. */
import * as z from "zod";
import type { Fault } from "./shapes.ts";

export const faultSchema = z.object({
  target: z.string().min(1),
  kind: z.enum(["refuse", "throttle", "delay", "hang"]),
  delayMs: z.int().min(0).max(60_000).optional(),
});

const answerSchema = z.object({ faults: z.array(faultSchema) });

export type AwsFaults = ReturnType<typeof createAwsFaults>;

/** @param awsUrl e.g. `http://localhost:4566` */
export function createAwsFaults(awsUrl: string) {
  async function call(init?: RequestInit): Promise<Fault[]> {
    const response = await fetch(`${awsUrl}/_bursar/faults`, init);
    if (!response.ok) throw new Error(`${awsUrl} has no switch for faults.`);
    return answerSchema.parse(await response.json()).faults;
  }

  return {
    readFaults: () => call(),
    /** Replaces all that stand; an empty list mends everything. */
    setFaults: (faults: Fault[]) =>
      call({
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ faults }),
      }),
  };
}
