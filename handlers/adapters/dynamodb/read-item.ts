/** Turns stored items into what the rules know. One that is not of its shape is named by its key. */
import type * as z from "zod/mini";
import type { ReportUnreadable } from "#workflow/ports/stores.ts";
import { UnreadableRecord } from "#workflow/unreadable-record.ts";

/** @throws UnreadableRecord naming the item's key and the fields at fault, never a value */
export function readItem<T>(schema: z.ZodMiniType<T>, item: unknown): T {
  const result = schema.safeParse(item);
  if (result.success) return result.data;
  const { PK, SK } = item as { PK?: unknown; SK?: unknown };
  const faults = result.error.issues.map(({ path, message }) => `${path.join(".") || "item"}: ${message}`);
  throw new UnreadableRecord(`${String(PK)} ${String(SK)}`, faults.join("; "));
}

/** @returns those that can be read; the others are reported */
export function readItems<T>(schema: z.ZodMiniType<T>, items: unknown[], report: ReportUnreadable): T[] {
  const found: T[] = [];
  for (const item of items) {
    try {
      found.push(readItem(schema, item));
    } catch (error) {
      if (!(error instanceof UnreadableRecord)) throw error;
      report(error);
    }
  }
  return found;
}
