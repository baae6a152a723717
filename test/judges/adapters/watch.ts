/** Notes what becomes of each call of an adapter. */

export interface Told {
  /** E.g. `purchases.decide, 2`: the second call. */
  what: string;
  told: string;
}

/** What chance and the clock decide. */
const HIDDEN = ["messageId", "receiptHandle", "sentAt", "pseudonym"];

/** Every call ends, with what it answered or with nothing; what is read piece by piece has been read to its end. */
type Watched<Adapter> = {
  [Method in keyof Adapter]: Adapter[Method] extends (...args: infer Args) => infer Answer
    ? (...args: Args) => Promise<Awaited<Answer> | undefined>
    : never;
};

export function createWatch() {
  const told: Told[] = [];
  const calls = new Map<string, number>();
  const methods = new Set<string>();

  function note(what: string, outcome: unknown): void {
    const count = (calls.get(what) ?? 0) + 1;
    calls.set(what, count);
    told.push({ what: `${what}, ${count}`, told: tell(outcome) });
  }

  return {
    told,

    /** The adapter, of which every call is noted; what it throws is noted and passed over. */
    watch<Adapter extends object>(name: string, adapter: Adapter): Watched<Adapter> {
      for (const method of Object.keys(adapter)) methods.add(`${name}.${method}`);
      const watched: object = new Proxy(adapter, {
        get(target, method) {
          const perform = target[method as keyof Adapter] as (...args: unknown[]) => unknown;
          return async (...args: unknown[]) => {
            try {
              const result = await collect(perform.apply(target, args));
              note(`${name}.${String(method)}`, result);
              return result;
            } catch (error) {
              note(`${name}.${String(method)}`, {
                error: error instanceof Error ? error.name : String(error),
              });
              return undefined;
            }
          };
        },
      });
      return watched as Watched<Adapter>;
    },

    /** Those that nobody has called. */
    forgotten: () => [...methods].filter((method) => !calls.has(method)),
  };
}

/** What is read piece by piece is read to its end. */
async function collect(result: unknown): Promise<unknown> {
  if (typeof result !== "object" || result === null || !(Symbol.asyncIterator in result)) return result;
  const all: unknown[] = [];
  for await (const one of result as AsyncIterable<unknown>) all.push(one);
  return all;
}

/** Letters of one moment, and the items of a scan, have no order. */
function tell(outcome: unknown): string {
  const text = (value: unknown): string =>
    JSON.stringify(value, (name, field: unknown) => {
      if (HIDDEN.includes(name) && field !== undefined) return "hidden";
      if (typeof field !== "object" || field === null || Array.isArray(field)) return field;
      return Object.fromEntries(Object.entries(field).toSorted(([one], [other]) => (one < other ? -1 : 1)));
    }) ?? "nothing";
  return Array.isArray(outcome) ? `[${outcome.map(text).toSorted().join(",")}]` : text(outcome);
}
