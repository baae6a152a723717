/** Reads the ledger by what somebody wants to know of it. */
import { digestOf } from "#handlers/adapters/dynamodb/table.ts";
import type { LedgerEntry } from "#workflow/ledger/entry.ts";
import type { LedgerStore } from "#workflow/ports/ledger.ts";
import type { LedgerFilter, LedgerPage } from "./shapes.ts";

/** @param most entries of one page */
export async function readEntries(
  { since, until, ...filter }: LedgerFilter,
  store: Pick<LedgerStore, "listEntries">,
  most = Number.POSITIVE_INFINITY,
): Promise<LedgerPage> {
  const entries: LedgerEntry[] = [];
  for await (const entry of store.listEntries({ since, until })) {
    if (!matches(entry, filter)) continue;
    if (entries.length === most) return { entries, next: entry.at };
    entries.push(entry);
  }
  return { entries };
}

function matches(entry: LedgerEntry, { action, who, about }: Omit<LedgerFilter, "since" | "until">): boolean {
  return (
    (!action || entry.action === action) &&
    (!who || entry.by.toLowerCase().includes(who.toLowerCase())) &&
    (!about || entry.about.includes(about) || entry.about.includes(digestOf(about)))
  );
}
