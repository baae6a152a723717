import { expect, test } from "vitest";
import { createLedgerStore } from "#handlers/adapters/dynamodb/ledger.ts";
import { scanTable, useRealTable } from "#test/support/real-table.ts";
import type { Intent, LedgerEntry } from "#workflow/ledger/entry.ts";

const table = useRealTable();

const intentAt = (at: string, id: string): Intent => ({
  id,
  at,
  action: "redrive",
  about: ["evt_1"],
  reason: "mended",
  by: "jo",
  via: "console",
});
const endOf = ({ id, at }: Intent, text: string) => ({ id, begunAt: at, endedAt: at, isDone: true, text });

const first = intentAt("2026-09-30T23:59:59.999Z", "a");
const second = intentAt("2026-11-01T00:00:00.000Z", "b");
const third = intentAt("2026-11-26T10:00:00.000Z", "c");

async function list(since: string, until: string): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  const period = { since: new Date(since), until: new Date(until) };
  for await (const entry of createLedgerStore(table()).listEntries(period)) entries.push(entry);
  return entries;
}

test("entries are listed newest first over all months, each with its end if it has one", async () => {
  const { append } = createLedgerStore(table());
  for (const intent of [first, second, third]) await append(intent);
  await append(endOf(first, "evt_1: succeeded"));
  await append(endOf(third, "evt_1: failed"));
  const ended = ({ at }: Intent, text: string) => ({ outcome: { endedAt: at, isDone: true, text } });
  expect(await list("2026-09-01T00:00:00Z", "2026-12-01T00:00:00Z")).toEqual([
    { ...third, ...ended(third, "evt_1: failed") },
    second,
    { ...first, ...ended(first, "evt_1: succeeded") },
  ]);
  expect(await list("2026-10-01T00:00:00Z", "2026-11-25T00:00:00Z")).toEqual([second]);
});

test("what stands there is not written over", async () => {
  const { append } = createLedgerStore(table());
  await append({ ...third, reason: "another" });
  await append(endOf(third, "another"));
  const rows = (await scanTable(table())).filter(({ PK }) => PK === "LEDGER#2026-11");
  expect(rows.map(({ SK }) => SK)).toEqual([
    "2026-11-01T00:00:00.000Z#b",
    "2026-11-26T10:00:00.000Z#c",
    "2026-11-26T10:00:00.000Z#c#outcome",
  ]);
  expect(JSON.stringify(rows)).not.toContain("another");
});
