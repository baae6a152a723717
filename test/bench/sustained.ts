/**
 * How many purchases a second are enrolled, all of them, against an Express handler that writes before it answers, at the same
 * endpoint and in turns; and what is left to do when a long load ends.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import { awsOf } from "#infra/local/stack-options.ts";
import { credentialsOf } from "#test/support/run-npm-command.ts";
import type { RunningStack } from "#test/support/running-stack.ts";
import type { Figure } from "./figure.ts";
import { repeat } from "./interleave.ts";
import { createPurchases, type Delivery } from "./purchases.ts";
import type { StackBenchRun } from "./run-bench.ts";

const SECTION = "Sustained purchases";
const AT_ONCE = 32;
const TURNS = 6;
/** More than are ever enrolled in a second on one machine. */
const MOST_PER_SECOND = 800;

export async function measureSustained({ stack, sizes, report }: StackBenchRun): Promise<Figure[]> {
  const purchases = createPurchases(stack);
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const synchronous = await startSynchronousServer(stack);
  const webhook = `${stack.clientUrl}/api/webhooks/stripe`;
  const secondsOf = async (url: string, students: string[]) => {
    const startedAt = performance.now();
    await repeat(
      (index) => deliver(agent, url, purchases.deliver(students[index] ?? "")),
      students.length,
      AT_ONCE,
    );
    const acknowledgedAt = performance.now();
    await purchases.waitUntilIdle();
    const backlog = performance.now() - acknowledgedAt;
    return { all: (performance.now() - startedAt) / 1000, backlog: backlog / 1000 };
  };
  const taken = { ours: 0, theirs: 0 };
  try {
    for (let turn = 0; turn <= TURNS; turn++) {
      report(turn === 0 ? "sustained purchases, warm-up" : `sustained purchases, turn ${turn} of ${TURNS}`);
      for (const [design, url] of [
        ["ours", webhook],
        ["theirs", synchronous.url],
      ] as const) {
        const students = await purchases.createStudents(`sustained-${design}-${turn}`, sizes.sustained);
        const { all } = await secondsOf(url, students);
        if (turn > 0) taken[design] += all / students.length;
      }
    }
    report(`purchases for ${sizes.sustainedSeconds} s`);
    const { executed, backlog } = await loadFor(sizes.sustainedSeconds);
    return figures(1 / (taken.ours / TURNS), 1 / (taken.theirs / TURNS), executed, backlog);
  } finally {
    agent.destroy();
    synchronous.close();
  }

  /** Students are there before it begins, so that nothing else is asked of the stack. */
  async function loadFor(seconds: number) {
    const students = await purchases.createStudents("sustained-long", seconds * MOST_PER_SECOND);
    const startedAt = performance.now();
    let done = 0;
    const isOver = () => performance.now() - startedAt > seconds * 1000;
    await repeat(
      async (index) => {
        if (isOver()) return;
        await deliver(agent, webhook, purchases.deliver(students[index] ?? ""));
        done += 1;
      },
      students.length,
      AT_ONCE,
    );
    if (!isOver()) throw new Error("more was bought than there are students for; raise MOST_PER_SECOND");
    const loadedAt = performance.now();
    await purchases.waitUntilIdle();
    const endedAt = performance.now();
    return { executed: (done * 1000) / (endedAt - startedAt), backlog: (endedAt - loadedAt) / 1000 };
  }
}

const figures = (ours: number, theirs: number, executed: number, backlog: number): Figure[] => [
  {
    section: SECTION,
    name: "until all are enrolled, against a handler that writes at once, each",
    unit: "ms",
    ours: 1000 / ours,
    floor: 1000 / theirs,
    atMost: 2.6,
  },
  { section: SECTION, name: "enrolled in turns with it", unit: "per second", ours, floor: theirs },
  { section: SECTION, name: "enrolled under a long load", unit: "per second", ours: executed },
  { section: SECTION, name: "backlog after it", unit: "s", ours: backlog, atMost: 1 },
];

/** @throws when it is not answered 200 */
function deliver(agent: Agent, url: string, { payload, signature }: Delivery): Promise<void> {
  const headers = { "content-type": "application/json", "stripe-signature": signature };
  return new Promise((resolve, reject) => {
    const posted = request(url, { method: "POST", agent, headers }, (response) => {
      response.resume().on("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    });
    posted.on("error", reject).end(payload);
  });
}

async function startSynchronousServer(stack: RunningStack) {
  const { region, endpointUrl } = awsOf(stack);
  const child = fork(fileURLToPath(new URL("./synchronous-server.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      ...process.env,
      ...credentialsOf(stack.accessKey),
      AWS_REGION: region,
      AWS_ENDPOINT_URL: endpointUrl,
    },
  });
  const [{ url }] = (await once(child, "message")) as [{ url: string }];
  return { url, close: () => child.disconnect() };
}
