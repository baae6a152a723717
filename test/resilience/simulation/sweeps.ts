/** The scheduled reconciliation, as it is shipped: every hour, for as long as the round lasts. */
import type { Deployment } from "./deployment.ts";
import type { Random } from "./random.ts";
import type { Log } from "./round.ts";

const HOUR = 60 * 60 * 1000;
/** It makes hundreds of calls; that one of them ends it is far likelier here than anywhere. */
const MORTAL = 0.1;

export async function sweepHourly(
  { agenda, parts, processes, portsFor }: Deployment,
  random: Random,
  { until, log }: { until: number; log: Log },
): Promise<void> {
  await agenda.sleep(random.between(0, HOUR));
  while (agenda.now() < until) {
    // A sweep that takes longer than the hour runs beside the next.
    const sweep = { from: agenda.now(), to: Infinity };
    void processes
      .start("sweep", (process) => parts.createReconcile(portsFor(process))(), {
        mortal: random.chance(MORTAL),
      })
      .then(({ kind }) => {
        sweep.to = agenda.now();
        if (kind === "returned") log.sweeps.push(sweep);
      });
    await agenda.sleep(HOUR);
  }
}
