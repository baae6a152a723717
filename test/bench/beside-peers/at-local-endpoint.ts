/** What speaks against us: at the local endpoint, where executions share the machine, who writes at once is done sooner. */
import { timePurchases } from "../enrollment-visible.ts";
import type { Figure } from "../figure.ts";
import { repeat, summarize } from "../interleave.ts";
import { createPurchases } from "../purchases.ts";
import type { StackBenchRun } from "../run-bench.ts";
import { buildSubjects } from "./build-subjects.ts";
import { installPeers } from "./install-peers.ts";
import { startServer } from "./start-server.ts";
import { environmentOf, PEERS, pathOf } from "./subjects.ts";

const SECTION = "Peers at the local endpoint";
const WARM_UP = 5;

/** Both over HTTP, both at the local table. */
export async function measureAtLocalEndpoint({
  stack,
  sizes,
  report,
  directory,
}: StackBenchRun): Promise<Figure[]> {
  const sources = await installPeers().catch(() => undefined);
  if (!sources) {
    report(`SKIPPED: ${SECTION}, since their packages cannot be had`);
    return [];
  }
  const { express } = await buildSubjects(sources, directory);
  const purchases = createPurchases(stack);
  const [first = ""] = await purchases.createStudents("first", 1);
  const environment = environmentOf("express", stack);
  const peer = await startServer(express, pathOf("express"), environment, purchases.deliver(first));
  const figures: Figure[] = [];
  try {
    for (const atOnce of [1, 32]) {
      report(`at the local endpoint, ${atOnce} at a time`);
      const bursts = WARM_UP + Math.ceil(sizes.enrollments / 4 / atOnce);
      const students = await purchases.createStudents(`beside-${atOnce}`, 3 * bursts * atOnce);
      const times = { acknowledged: [] as number[], enrolled: [] as number[], peer: [] as number[] };
      for (let burst = 0; burst < bursts; burst++) {
        const [one, two, three] = [0, 1, 2].map(() => students.splice(0, atOnce)) as [
          string[],
          string[],
          string[],
        ];
        const acknowledged = await repeat((index) => purchases.post(one[index] ?? ""), atOnce, atOnce);
        await purchases.waitUntilIdle();
        const enrolled = await timePurchases(purchases, two);
        const peers = await repeat((index) => post(three[index] ?? ""), atOnce, atOnce);
        if (burst < WARM_UP) continue;
        times.acknowledged.push(...acknowledged);
        times.enrolled.push(...enrolled);
        times.peer.push(...peers);
      }
      const p50 = (name: keyof typeof times) => summarize(times[name]).p50;
      const figure = { section: SECTION, unit: "ms" as const, floor: p50("peer") };
      const against = `against ${PEERS.express}, ${atOnce} at a time`;
      figures.push(
        { ...figure, name: `acknowledged, ${against}`, ours: p50("acknowledged") },
        { ...figure, name: `enrolled, ${against}`, ours: p50("enrolled") },
      );
    }
  } finally {
    await peer.stop();
  }
  return figures;

  async function post(userId: string): Promise<void> {
    const status = await peer.post(purchases.deliver(userId));
    if (status !== 200) throw new Error(`the peer answered ${status}`);
  }
}
