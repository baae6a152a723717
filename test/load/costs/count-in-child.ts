/**
 * A process that buys: the shipped handlers write their logs and metrics to its output as they do on Lambda, where whoever
 * has started it counts the bytes; what else they use it sends.
 */
import { readShippedParts } from "#test/resilience/simulation/parts.ts";
import { evenlyWithin } from "../arrivals.ts";
import { DEFAULT_QUOTAS } from "../quotas.ts";
import { runLoad } from "../run-load.ts";
import type { CountingTask } from "./counted.ts";

/** Slowly enough for nothing to be throttled, and for instances to be used again and again as on an ordinary day. */
const MS_FOR_EACH = 2_000;

process.once("message", ({ purchases, seed, withVisit }: CountingTask) => {
  const run = runLoad({
    parts: readShippedParts(),
    quotas: DEFAULT_QUOTAS,
    seed,
    purchases,
    arrivals: evenlyWithin(purchases * MS_FOR_EACH),
    courses: 20,
    opensCheckouts: true,
    withVisit,
  });
  void run.then(({ usage, enrolled, paid }) => {
    if (enrolled !== paid) throw new Error(`${paid - enrolled} of ${paid} who paid are not enrolled.`);
    process.send?.(usage, () => process.disconnect());
  });
});
