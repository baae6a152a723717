/** The ledger in the table: a partition for each month, and rows that are put once and never updated or deleted. */
import { type Intent, intentSchema, type Outcome, outcomeSchema } from "#workflow/ledger/entry.ts";
import type { LedgerStore } from "#workflow/ports/ledger.ts";
import { readItem } from "./read-item.ts";
import { keys, putItemIf, queryEach, type Table } from "./table.ts";

export function createLedgerStore(table: Table): LedgerStore {
  /** Newest first: an outcome stands beside its intent, and is met before it. */
  async function* listMonth(month: string) {
    const outcomes = new Map<string, Outcome>();
    const query = {
      KeyConditionExpression: "PK = :month",
      ExpressionAttributeValues: { ":month": `LEDGER#${month}` },
      ScanIndexForward: false,
      ConsistentRead: true,
    };
    for await (const item of queryEach(table, query)) {
      if (isOutcome(item)) {
        const outcome = readItem(outcomeSchema, item);
        outcomes.set(outcome.id, outcome);
        continue;
      }
      const intent = readItem(intentSchema, item);
      const { endedAt, isDone, text } = outcomes.get(intent.id) ?? {};
      outcomes.delete(intent.id);
      const isOver = endedAt !== undefined && isDone !== undefined && text !== undefined;
      yield { ...intent, ...(isOver && { outcome: { endedAt, isDone, text } }) };
    }
  }

  return {
    async append(row) {
      const key = isIntent(row) ? keys.intent(row.at, row.id) : keys.outcome(row.begunAt, row.id);
      await putItemIf(table, { ...key, ...row }, { ConditionExpression: "attribute_not_exists(PK)" });
    },

    async *listEntries({ since, until }) {
      for (const month of monthsBetween(since, until))
        for await (const entry of listMonth(month)) {
          if (entry.at < since.toISOString()) return;
          if (entry.at <= until.toISOString()) yield entry;
        }
    },
  };
}

const isOutcome = (item: unknown) => typeof item === "object" && item !== null && "endedAt" in item;
const isIntent = (row: Intent | Outcome): row is Intent => !isOutcome(row);

/** @returns e.g. `2026-11`, `2026-10`, newest first */
function monthsBetween(since: Date, until: Date): string[] {
  const months: string[] = [];
  const month = new Date(Date.UTC(until.getUTCFullYear(), until.getUTCMonth()));
  while (month.toISOString().slice(0, 7) >= since.toISOString().slice(0, 7)) {
    months.push(month.toISOString().slice(0, 7));
    month.setUTCMonth(month.getUTCMonth() - 1);
  }
  return months;
}
