/** Where the ledger of what operators did is kept: what was written stays as it is. */
import type { Intent, LedgerEntry, Outcome } from "../ledger/entry.ts";

export interface LedgerStore {
  /** Of a row that stands there already nothing is changed. */
  append(row: Intent | Outcome): Promise<void>;
  /** Newest first, down to an instant. Reads on only while more is asked for. */
  listEntries(period: { since: Date; until: Date }): AsyncGenerator<LedgerEntry>;
}
