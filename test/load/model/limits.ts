/** Turns calls away as AWS and Stripe do when a quota is used up, and counts which one it was. */

import type { Item } from "#handlers/adapters/dynamodb/table-expressions.ts";
import { createFault } from "#test/resilience/simulation/faults.ts";
import type { Call } from "#test/resilience/simulation/process.ts";
import type { TableObserver } from "#test/resilience/simulation/table.ts";
import type { QuotaName, Quotas, RateName } from "../quotas.ts";
import { countIn, indexWriteUnits, readUnits, type Usage, writeUnits } from "./meter.ts";
import { createTokenBucket, type TokenBucket } from "./token-bucket.ts";

const STARTS: Record<string, RateName> = {
  StartExecutionCommand: "startExecution",
  RedriveExecutionCommand: "redriveExecution",
  DescribeExecutionCommand: "describeExecution",
};

/** So many partitions are remembered before those are forgotten that nobody has asked for lately. */
const MOST_PARTITIONS = 5_000;

export type Limits = ReturnType<typeof createLimits>;

/** @param now milliseconds */
export function createLimits({ rates }: Quotas, usage: Usage, now: () => number) {
  const buckets = new Map<RateName, TokenBucket>();
  const partitions = new Map<string, TokenBucket>();
  const throttles: Partial<Record<QuotaName, number>> = {};

  function bucketOf(name: RateName): TokenBucket {
    const bucket = buckets.get(name) ?? createTokenBucket(rates[name], now);
    buckets.set(name, bucket);
    return bucket;
  }

  function partitionOf(name: "partitionReads" | "partitionWrites", key: string): TokenBucket {
    if (partitions.size > MOST_PARTITIONS)
      for (const [id, bucket] of partitions) if (bucket.isFull()) partitions.delete(id);
    const id = `${name} ${key}`;
    const bucket = partitions.get(id) ?? createTokenBucket(rates[name], now);
    partitions.set(id, bucket);
    return bucket;
  }

  const noteThrottle = (name: QuotaName) => countIn(throttles, name);

  function take(name: RateName, amount = 1): boolean {
    const isTaken = bucketOf(name).take(amount);
    if (!isTaken) noteThrottle(name);
    return isTaken;
  }

  function takeOfTable(kind: "Reads" | "Writes", partition: string, amount: number): void {
    const isTaken = partitionOf(`partition${kind}`, partition).take(amount);
    if (!isTaken) noteThrottle(`partition${kind}`);
    if (!isTaken || !take(`table${kind}`, amount)) throw createFault("dynamodb", "throttled");
  }

  const table: TableObserver = {
    read(key, items, isConsistent) {
      const units = readUnits(items, isConsistent);
      usage.tableRequests += 1;
      usage.tableReadUnits += units;
      takeOfTable("Reads", String(key?.["PK"]), units);
    },
    write(before, after, isMade) {
      const units = writeUnits(before, after);
      const index = isMade ? indexWriteUnits(before, after) : 0;
      usage.tableRequests += 1;
      usage.tableWriteUnits += units + index;
      takeOfTable("Writes", partitionKey(after ?? before), units);
      // An index that cannot keep up holds up the writes of its table.
      if (index > 0) takeOfTable("Writes", `index ${String((after ?? before)?.["GSI1PK"])}`, index);
    },
  };

  return {
    take,
    noteThrottle,
    throttles,
    table,
    /** @returns milliseconds that Step Functions waits before the state */
    holdState: () => bucketOf("stateTransitions").owe(),
    /** Of all that a call can ask for but the table, which is limited by what it reads and writes. */
    meet({ service, operation }: Call): void {
      if (service === "secrets") usage.secretReads += 1;
      if (service === "sqs") usage.queueRequests += 1;
      if (service === "stripe") usage.stripeCalls += 1;
      const name = service === "stripe" ? "stripe" : STARTS[operation];
      if (name && !take(name)) throw createFault(service, "throttled");
    },
  };
}

const partitionKey = (item: Item | undefined) => String(item?.["PK"]);
