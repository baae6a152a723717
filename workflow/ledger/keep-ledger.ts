/** Keeps the ledger: nothing is done before it is written what is about to be done, and why. */
import type { LedgerStore } from "../ports/ledger.ts";
import type { Action } from "./actions.ts";
import { type Intent, type Outcome, readReason } from "./entry.ts";

export interface LedgerPorts {
  store: Pick<LedgerStore, "append">;
  /** Who acts. */
  findCaller: () => Promise<string>;
  via: Intent["via"];
  newId: () => string;
  now: () => Date;
}

interface WantedAct {
  action: Action;
  about: string[];
  reason: string | undefined;
  /**
   * Of a fault, which may be what keeps the ledger from being written: nobody waits for the outcome's row, and when it is
   * switched off, not for the intent's either. They follow as soon as they can.
   */
  switches?: "on" | "off" | undefined;
}

/** Nothing was done; the cause says why the ledger could not be written. */
export class LedgerAway extends Error {
  override name = "LedgerAway";
}

/** What came of it, in a few words without anything personal. */
export type Told = Pick<Outcome, "isDone" | "text">;

export type Ledger = ReturnType<typeof keepLedger>;

export function keepLedger({ store, findCaller, via, newId, now }: LedgerPorts) {
  /** What the table did not take; it is written before anything else is. */
  const unwritten = new Set<Intent | Outcome>();

  async function write(row: Intent | Outcome): Promise<void> {
    for (const earlier of unwritten) {
      await store.append(earlier);
      unwritten.delete(earlier);
    }
    await store.append(row);
  }

  async function writeWhenPossible(row: Intent | Outcome): Promise<void> {
    try {
      await write(row);
    } catch {
      unwritten.add(row);
    }
  }

  return {
    findCaller,

    /**
     * @param work is not begun when the ledger cannot be written
     * @param tell what came of it; that it threw is told by the error's name
     * @throws ReasonRefused, LedgerAway, or what the work throws
     */
    async act<Result>(
      { action, about, reason, switches }: WantedAct,
      work: () => Promise<Result>,
      tell: (result: Result) => Told,
    ): Promise<Result> {
      const said = readReason(reason);
      const at = now().toISOString();
      const intent: Intent = { id: newId(), at, action, about, reason: said, by: await findCaller(), via };
      if (switches === "off") unwritten.add(intent);
      else await write(intent).catch(refuse);

      const end = async ({ isDone, text }: Told) => {
        const endedAt = now().toISOString();
        const written = writeWhenPossible({ id: intent.id, begunAt: at, endedAt, isDone, text });
        if (!switches) await written;
      };
      let result: Result;
      try {
        result = await work();
      } catch (error) {
        await end({ isDone: false, text: error instanceof Error ? error.name : "failed" });
        throw error;
      }
      await end(tell(result));
      return result;
    },
  };
}

function refuse(cause: unknown): never {
  const why = cause instanceof Error ? ` (${cause.name})` : "";
  throw new LedgerAway(`The ledger cannot be written${why}, so nothing was done.`, { cause });
}
