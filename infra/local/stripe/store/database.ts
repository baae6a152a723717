/** The stand-in's data on disk: ordered keys with JSON values, written in atomic batches. */
import { ClassicLevel } from "classic-level";

export type Write = { type: "put"; key: string; value: unknown } | { type: "del"; key: string };

/** Keys strictly between `gt` and `lt`; `reverse` begins at the highest. */
export interface KeyRange {
  gt: string;
  lt: string;
  reverse?: boolean;
  limit?: number;
}

export interface Database {
  get<Value>(key: string): Promise<Value | undefined>;
  /** All of the writes survive a crash, or none of them. */
  commit(writes: Write[]): Promise<void>;
  keys(range: KeyRange): AsyncIterable<string>;
  entries<Value>(range: KeyRange): AsyncIterable<[string, Value]>;
  /** Calls the listener after every commit. */
  onCommit(listener: (writes: Write[]) => void): void;
  close(): Promise<void>;
}

/** @throws Error in one sentence when the folder is in use by another process or its data is damaged */
export async function openDatabase(dataDir: string): Promise<Database> {
  const level = new ClassicLevel<string, unknown>(dataDir, { valueEncoding: "json" });
  try {
    await level.open();
  } catch (error) {
    throw new Error(explainOpenFailure(dataDir, error), { cause: error });
  }
  const listeners: ((writes: Write[]) => void)[] = [];

  return {
    get: async <Value>(key: string) => (await level.get(key)) as Value | undefined,
    async commit(writes) {
      await level.batch(writes);
      for (const listener of listeners) listener(writes);
    },
    keys: (range) => level.keys(range),
    entries: <Value>(range: KeyRange) => level.iterator(range) as unknown as AsyncIterable<[string, Value]>,
    onCommit: (listener) => void listeners.push(listener),
    close: () => level.close(),
  };
}

function explainOpenFailure(dataDir: string, error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "LEVEL_LOCKED") {
    return `Stripe's stand-in cannot use ${dataDir} because another process has it open: stop that one first.`;
  }
  const reason = cause instanceof Error ? cause.message : String(error);
  return `Stripe's stand-in cannot read its data in ${dataDir} (${reason}): delete that folder to start empty.`;
}
