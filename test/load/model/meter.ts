/** What AWS would put on the bill, in its own units. */
import type { Item } from "#handlers/adapters/dynamodb/table-expressions.ts";

export interface Usage {
  executions: number;
  /** With those that retries take. */
  stateTransitions: number;
  /** Tries of Task states. */
  taskCalls: number;
  /** By function: how often, and for how many gigabyte-seconds. */
  invocations: Record<string, number>;
  gigabyteSeconds: number;
  tableReadUnits: number;
  tableWriteUnits: number;
  tableRequests: number;
  queueRequests: number;
  secretReads: number;
  stripeCalls: number;
  /** By route, those that the gateway lets through. */
  gatewayRequests: Record<string, number>;
}

export const createUsage = (): Usage => ({
  executions: 0,
  stateTransitions: 0,
  taskCalls: 0,
  invocations: {},
  gigabyteSeconds: 0,
  tableReadUnits: 0,
  tableWriteUnits: 0,
  tableRequests: 0,
  queueRequests: 0,
  secretReads: 0,
  stripeCalls: 0,
  gatewayRequests: {},
});

export const countIn = (counts: Record<string, number>, name: string, amount = 1): void => {
  counts[name] = (counts[name] ?? 0) + amount;
};

export const sumOf = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

const READ_UNIT_BYTES = 4 * 1024;
const WRITE_UNIT_BYTES = 1024;

/** What is not there costs as much as the smallest item. */
export const readUnits = (items: (Item | undefined)[], isConsistent: boolean): number => {
  const bytes = items.reduce((sum, item) => sum + bytesOf(item), 0);
  return Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) * (isConsistent ? 1 : 0.5);
};

/** Of the table alone. @param after undefined also where a condition did not hold */
export const writeUnits = (before: Item | undefined, after: Item | undefined): number =>
  Math.max(1, Math.ceil(Math.max(bytesOf(before), bytesOf(after)) / WRITE_UNIT_BYTES));

/** What the index takes besides: an entry that moves is deleted and put. */
export function indexWriteUnits(before: Item | undefined, after: Item | undefined): number {
  const [from, to] = [indexKeyOf(before), indexKeyOf(after)];
  if (from === undefined && to === undefined) return 0;
  return writeUnits(before, after) * (from !== undefined && to !== undefined && from !== to ? 2 : 1);
}

const indexKeyOf = (item: Item | undefined) =>
  item?.["GSI1PK"] === undefined ? undefined : JSON.stringify([item["GSI1PK"], item["GSI1SK"]]);

/** As DynamoDB counts: names and values in UTF-8, three bytes for a list or a map and one for each of its entries. */
function bytesOf(value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value === "number") return Math.ceil(String(value).length / 2) + 1;
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + 1 + bytesOf(entry), 3);
  if (typeof value !== "object" || value === null) return 1;
  return Object.entries(value).reduce((sum, [name, of]) => sum + 1 + name.length + bytesOf(of), 0);
}
