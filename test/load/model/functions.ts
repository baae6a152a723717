/** Lambda: instances that serve one request at a time and are kept, up to as many as the account has and a function may. */
import type { Ports } from "#test/resilience/simulation/deployment.ts";
import { createFault } from "#test/resilience/simulation/faults.ts";
import type { Platform, RunFunction } from "#test/resilience/simulation/platform.ts";
import type { Process } from "#test/resilience/simulation/process.ts";
import type { Random } from "#test/resilience/simulation/random.ts";
import type { ConcurrencyName, Quotas } from "../quotas.ts";
import { COLD_START, COMPUTING_MS, drawLatency } from "./latencies.ts";
import type { Limits } from "./limits.ts";
import { countIn, type Usage } from "./meter.ts";

interface Instance {
  /** Of the request that it serves. */
  process?: Process;
  handler?: (input: never) => Promise<unknown>;
}

interface Pool {
  idle: Instance[];
  busy: number;
  coldStarts: number;
}

export interface FunctionsModel {
  createFunctions: Platform["createFunctions"];
  /** The most that were busy at once, in all functions together. */
  readPeak(): number;
  countColdStarts(): number;
  /** Seconds that one run has taken, by function. */
  longest: Record<string, number>;
}

/** Per concurrency, in any ten seconds: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const GIGABYTES = { api: 1 } as Record<string, number>;
const USUAL_GIGABYTES = 0.5;

export function createFunctionsModel(
  { concurrency, isReserved }: Quotas,
  limits: Limits,
  usage: Usage,
  now: () => number,
  random: Random,
): FunctionsModel {
  const pools = new Map<string, Pool>();
  let shared = 0;
  let all = 0;
  let peak = 0;
  const longest: Record<string, number> = {};
  const reservedFor = (name: string) =>
    isReserved && (name === "webhook" || name === "api") ? concurrency[name].most : undefined;
  const sharedMost =
    concurrency.account.most - (isReserved ? concurrency.webhook.most + concurrency.api.most : 0);

  function poolOf(name: string): Pool {
    const pool = pools.get(name) ?? { idle: [], busy: 0, coldStarts: 0 };
    pools.set(name, pool);
    return pool;
  }

  /** @returns the quota that is used up */
  function findLimit(name: string, pool: Pool): ConcurrencyName | undefined {
    const reserved = reservedFor(name);
    if (reserved === undefined) return shared >= sharedMost ? "account" : undefined;
    return pool.busy >= reserved ? (name as ConcurrencyName) : undefined;
  }

  function occupy(name: string, pool: Pool, change: 1 | -1): void {
    pool.busy += change;
    all += change;
    if (reservedFor(name) === undefined) shared += change;
    peak = Math.max(peak, all);
  }

  function bill(name: string, startedAt: number): void {
    const seconds = Math.ceil(now() - startedAt) / 1000;
    countIn(usage.invocations, name);
    longest[name] = Math.max(longest[name] ?? 0, seconds);
    usage.gigabyteSeconds += seconds * (GIGABYTES[name] ?? USUAL_GIGABYTES);
  }

  return {
    createFunctions(processes, portsOf): RunFunction {
      return (name, make, input) => {
        const pool = poolOf(name);
        const limit = findLimit(name, pool);
        if (limit) {
          limits.noteThrottle(limit);
          throw createFault("lambda", "throttled");
        }
        const instance = pool.idle.pop() ?? {};
        occupy(name, pool, 1);
        return processes.start(
          name,
          async (process) => {
            const startedAt = now();
            instance.process = process;
            try {
              const handler = (instance.handler ??= await startCold(pool, make, instance)) as ReturnType<
                typeof make
              >;
              await process.pause(COMPUTING_MS[name as keyof typeof COMPUTING_MS] ?? COMPUTING_MS.step);
              return await handler(input);
            } finally {
              bill(name, startedAt);
              occupy(name, pool, -1);
              pool.idle.push(instance);
            }
          },
          { mortal: false },
        );

        async function startCold<Handler>(pool: Pool, make: (ports: Ports) => Handler, instance: Instance) {
          pool.coldStarts += 1;
          await instance.process?.pause(drawLatency(COLD_START, random));
          return make(portsOf(name, inProcessOf(instance)));
        }
      };
    },
    longest,
    readPeak: () => peak,
    countColdStarts: () => [...pools.values()].reduce((sum, { coldStarts }) => sum + coldStarts, 0),
  };
}

/** What an instance has loaded serves one request after the other, each of which is a process of its own here. */
function inProcessOf(instance: Instance): Process {
  const current = () => {
    if (!instance.process) throw new Error("An instance that serves nobody was asked.");
    return instance.process;
  };
  return {
    call: (service, operation, effect) => current().call(service, operation, effect),
    pause: (delayMs) => current().pause(delayMs),
  };
}
