/** Puts something around every call that rules make to their ports: a fault, or a turn to wait for. */

export type Around = <Result>(call: () => Promise<Result>) => Promise<Result>;

/** @param ports objects with asynchronous functions; what is no object is left as it is */
export function aroundCalls<Ports extends object>(ports: Ports, around: Around): Ports {
  const wrapped = Object.entries(ports).map(([name, port]) => [
    name,
    typeof port === "object" && port !== null ? wrap(port as object, around) : port,
  ]);
  return Object.fromEntries(wrapped) as Ports;
}

function wrap<Port extends object>(port: Port, around: Around): Port {
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      return (...values: unknown[]) =>
        around(() => Reflect.apply(method, target, values) as Promise<unknown>);
    },
  });
}

export class Crash extends Error {
  override name = "Crash";
}

/**
 * The process dies at its n-th call, and at every later one.
 * @param isDone whether the call that it dies in has still had its effect
 */
export function crashAt(n: number, isDone: boolean): Around & { hasCrashed: () => boolean } {
  let calls = 0;
  const around: Around = async (call) => {
    calls += 1;
    if (calls === n && isDone) await call();
    if (calls >= n) throw new Crash(`at call ${n}`);
    return call();
  };
  return Object.assign(around, { hasCrashed: () => calls >= n });
}

/**
 * Runs two programs once in every order of their calls.
 * @param start begins both anew, each with its own turns
 * @param check looks at what they have left
 * @returns how many orders there were
 */
export async function inEveryOrder(
  start: (turns: [Around, Around]) => [Promise<unknown>, Promise<unknown>],
  check: () => unknown,
): Promise<number> {
  let orders = 0;
  for (let path: number[] | undefined = []; path; orders += 1) {
    path = await runInOrder(path, start);
    await check();
  }
  return orders;
}

/** @returns the next order to run, undefined when this was the last */
async function runInOrder(
  path: number[],
  start: Parameters<typeof inEveryOrder>[0],
): Promise<number[] | undefined> {
  const waiting: [(() => void)[], (() => void)[]] = [[], []];
  const turnOf =
    (who: 0 | 1): Around =>
    async (call) => {
      await new Promise<void>((resolve) => waiting[who].push(resolve));
      return call();
    };
  const ended = Promise.all(start([turnOf(0), turnOf(1)]));
  const taken: { choice: number; isFree: boolean }[] = [];
  for (;;) {
    // Everything that can go on without a turn has gone on by then.
    await new Promise(setImmediate);
    const ready = waiting.filter((calls) => calls.length > 0);
    if (ready.length === 0) break;
    const choice = path[taken.length] ?? 0;
    taken.push({ choice, isFree: ready.length > 1 });
    ready[choice]?.shift()?.();
  }
  await ended;
  const last = taken.findLastIndex(({ choice, isFree }) => isFree && choice === 0);
  return last < 0 ? undefined : [...taken.slice(0, last).map(({ choice }) => choice), 1];
}
