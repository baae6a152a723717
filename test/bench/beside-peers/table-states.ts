/** What becomes of an event when the table is slow or down: how long Stripe waits, what it is told, and whether it is kept. */
import type { StubCounts } from "../aws-stub.ts";
import type { Figure } from "../figure.ts";
import { repeat, summarize } from "../interleave.ts";
import type { BenchRun } from "../run-bench.ts";
import type { AwsStub } from "../start-aws-stub.ts";
import { createDelivery } from "./create-delivery.ts";
import type { PeerServer } from "./start-server.ts";
import { PEERS, type SubjectName } from "./subjects.ts";

const SECTION = "Peers";
const CALLS = 3;
/** After each change of the table, until all is as before. */
const SETTLING_CALLS = 30;

const KEEPS = /StartExecution|SendMessage|PutItem|UpdateItem/;

/** @returns where the event is after the answer; nobody brings again what was answered with 200 and stored nowhere */
export function describeFate(status: number, asked: StubCounts): string {
  if (status !== 200) return `answers ${status}; kept by Stripe, which delivers again`;
  const isStored = Object.entries(asked).some(([target, count]) => KEEPS.test(target) && count > 0);
  return isStored ? "answers 200; kept" : "answers 200; LOST";
}

export async function measureTableStates(
  { report }: BenchRun,
  servers: Map<SubjectName, PeerServer>,
  stub: AwsStub,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  const delivery = createDelivery();
  for (const table of ["slow", "down"] as const) {
    report(`peers, with the table ${table}`);
    for (const [name, server] of servers) {
      await stub.turn({ table });
      // Only who is unmoved takes so little that it must settle.
      if (name === "ours") await repeat(async () => void (await server.post(delivery)), SETTLING_CALLS, 1);
      await stub.takeCounts();
      let status = 0;
      const times = await repeat(
        async () => {
          status = await server.post(delivery);
        },
        name === "ours" ? SETTLING_CALLS : CALLS,
        1,
      );
      figures.push({
        section: SECTION,
        name: `${name === "ours" ? "ours" : PEERS[name]}, with the table ${table}`,
        unit: "ms",
        ours: summarize(times).p50,
        note: describeFate(status, await stub.takeCounts()),
      });
      await stub.turn({ table: "healthy" });
    }
  }
  return figures;
}

/** An event that Stripe delivers again asks whether its execution failed, and repairs it, in the same call. */
export async function measureDuplicate(server: PeerServer, stub: AwsStub): Promise<Figure> {
  await stub.turn({ executions: "known" });
  await stub.takeCounts();
  await server.post(createDelivery());
  const asked = await stub.takeCounts();
  await stub.turn({ executions: "new" });
  const calls = Object.values(asked).reduce((sum, count) => sum + count, 0);
  return { section: SECTION, name: "calls for a duplicate, ours", unit: "count", ours: calls, atMost: 2 };
}
