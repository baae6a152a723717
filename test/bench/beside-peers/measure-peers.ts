/** Our webhook beside those that others write, in turns: the same event over HTTP, with everything that is asked answered at once. */
import type { Figure } from "../figure.ts";
import { interleave, repeat, summarize } from "../interleave.ts";
import type { Delivery } from "../purchases.ts";
import type { BenchRun } from "../run-bench.ts";
import { type AwsStub, startAwsStub } from "../start-aws-stub.ts";
import { buildSubjects, type Scripts } from "./build-subjects.ts";
import { createDelivery } from "./create-delivery.ts";
import { installPeers } from "./install-peers.ts";
import { type PeerServer, startServer } from "./start-server.ts";
import { environmentOf, PEER_NAMES, PEERS, pathOf, SUBJECTS, type SubjectName } from "./subjects.ts";
import { measureDuplicate, measureTableStates } from "./table-states.ts";

const SECTION = "Peers";
/** The least lead over any of them. */
const BARS = { 1: 1.3, 32: 1.5, cold: 1.25 };
/** The most of the floor that we may take. */
const FLOOR_BARS = { 1: 2.2, 32: 3 };

export async function measurePeers(run: BenchRun): Promise<Figure[]> {
  run.report("installing the peers");
  const sources = await installPeers().catch((error: Error) => {
    run.report(`SKIPPED: Peers, whose packages cannot be had: ${error.message.split("\n")[0]}`);
  });
  if (!sources) return [];
  const scripts = await buildSubjects(sources, run.directory);
  const stub = await startAwsStub();
  const servers = new Map<SubjectName, PeerServer>();
  const started: PeerServer[] = [];
  try {
    const cold = await measureColdStarts(run, scripts, stub);
    for (const name of SUBJECTS) {
      const server = await start(scripts[name], name, stub);
      servers.set(name, server);
      started.push(server);
    }
    const floor = await start(scripts.floor, "floor", stub);
    started.push(floor);
    return [
      ...(await measureSpeed(run, servers, floor)),
      ...cold,
      ...(await measureTableStates(run, servers, stub)),
      await measureDuplicate(servers.get("ours") as PeerServer, stub),
    ];
  } finally {
    await Promise.all(started.map((server) => server.stop()));
    stub.close();
  }
}

const start = (script: string, name: SubjectName | "floor", { url }: AwsStub) =>
  startServer(script, pathOf(name), environmentOf(name, { awsUrl: url }), createDelivery());

async function measureSpeed(
  { report, sizes }: BenchRun,
  servers: Map<SubjectName, PeerServer>,
  floor: PeerServer,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { atOnce, calls, turns } of [
    { atOnce: 1, calls: sizes.acknowledgements, turns: 20 },
    { atOnce: 32, calls: 2 * sizes.acknowledgements, turns: 6 },
  ] as const) {
    report(`peers, ${atOnce} at a time`);
    const delivery = createDelivery();
    const subjects = [...servers, ["floor", floor] as const].map(([name, server]) => [
      name,
      () => acknowledge(server, delivery),
    ]);
    const measured = await interleave<SubjectName | "floor">(Object.fromEntries(subjects), {
      calls,
      atOnce,
      turns,
    });
    figures.push({
      section: SECTION,
      name: `ours against the floor, ${atOnce} at a time`,
      unit: "ms",
      ours: measured.ours.p50,
      floor: measured.floor.p50,
      atMost: FLOOR_BARS[atOnce],
    });
    for (const name of PEER_NAMES) {
      figures.push({
        section: SECTION,
        name: `${PEERS[name]}, ${atOnce} at a time`,
        unit: "ms",
        ours: measured[name].p50,
        floor: measured.ours.p50,
        atLeast: BARS[atOnce],
      });
    }
  }
  return figures;
}

async function acknowledge(server: PeerServer, delivery: Delivery) {
  const status = await server.post(delivery);
  if (status !== 200) throw new Error(`a peer answered ${status}`);
}

/** From the start of the process to its first acknowledged event. */
async function measureColdStarts(
  { report, sizes }: BenchRun,
  scripts: Scripts,
  stub: AwsStub,
): Promise<Figure[]> {
  const times: Record<string, number[]> = {};
  const rounds = Math.ceil(sizes.coldLoads / 2);
  await repeat(
    async (round) => {
      report(`cold starts of peers, round ${round + 1} of ${rounds}`);
      for (const [key, script] of Object.entries(scripts).filter(([name]) => name !== "floor")) {
        const server = await start(script, key === "bundledHono" ? "hono" : (key as SubjectName), stub);
        times[key] = [...(times[key] ?? []), server.coldMs];
        await server.stop();
      }
    },
    rounds,
    1,
  );
  const p50 = (key: string) => summarize(times[key] ?? []).p50;
  const figure = (key: string, title: string) => ({
    section: SECTION,
    name: `${title}, cold start`,
    unit: "ms" as const,
    ours: p50(key),
    floor: p50("ours"),
  });
  return [
    ...PEER_NAMES.map((name) => ({ ...figure(name, PEERS[name]), atLeast: BARS.cold })),
    figure("bundledHono", "hono bundled as ours is"),
  ];
}
