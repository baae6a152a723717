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

/** Where an act stands. */
export type Begun = Pick<Intent, "id" | "at">;

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

  /** @throws ReasonRefused, LedgerAway */
  async function begin({ action, about, reason, switches }: WantedAct): Promise<Begun> {
    const said = readReason(reason);
    const at = now().toISOString();
    const intent: Intent = { id: newId(), at, action, about, reason: said, by: await findCaller(), via };
    if (switches === "off") unwritten.add(intent);
    else await write(intent).catch(refuse);
    return { id: intent.id, at };
  }

  const end = ({ id, at: begunAt }: Begun, { isDone, text }: Told): Promise<void> =>
    writeWhenPossible({ id, begunAt, endedAt: now().toISOString(), isDone, text });

  return {
    findCaller,

    /** Of an act whose end somebody else may have to tell. */
    begin,
    end,

    /**
     * @param work is not begun when the ledger cannot be written
     * @param tell what came of it; that it threw is told by the error's name
     * @throws ReasonRefused, LedgerAway, or what the work throws
     */
    async act<Result>(
      wanted: WantedAct,
      work: () => Promise<Result>,
      tell: (result: Result) => Told,
    ): Promise<Result> {
      const begun = await begin(wanted);
      const endAs = async (told: Told) => {
        const written = end(begun, told);
        if (!wanted.switches) await written;
      };
      let result: Result;
      try {
        result = await work();
      } catch (error) {
        await endAs({ isDone: false, text: error instanceof Error ? error.name : "failed" });
        throw error;
      }
      await endAs(tell(result));
      return result;
    },
  };
}

function refuse(cause: unknown): never {
  const why = cause instanceof Error ? ` (${cause.name})` : "";
  throw new LedgerAway(`The ledger cannot be written${why}, so nothing was done.`, { cause });
}
