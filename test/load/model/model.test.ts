import { expect, test } from "vitest";
import { createRandom } from "#test/resilience/simulation/random.ts";
import { drawLatency, LATENCIES } from "./latencies.ts";
import { indexWriteUnits, readUnits, writeUnits } from "./meter.ts";
import { createTokenBucket } from "./token-bucket.ts";

test("a bucket lets a burst through, then its rate, and never more than it holds", () => {
  let now = 0;
  const bucket = createTokenBucket({ perSecond: 10, burst: 3 }, () => now);
  const takeAll = () => {
    let taken = 0;
    while (bucket.take()) taken += 1;
    return taken;
  };
  expect(takeAll()).toBe(3);
  now = 200;
  expect(takeAll()).toBe(2);
  now = 60_000;
  expect(bucket.isFull()).toBe(true);
  expect(takeAll()).toBe(3);
  expect(bucket.owe(2)).toBeCloseTo(200);
});

const item = (bytes: number, more = {}) => ({
  PK: "USER#1",
  SK: "METADATA",
  text: "x".repeat(bytes),
  ...more,
});

test("a read costs a unit for four kilobytes, half of it when it may be stale, and one when nothing is there", () => {
  expect([readUnits([item(100)], true), readUnits([item(5_000)], true)]).toEqual([1, 2]);
  expect(readUnits([undefined], true)).toBe(1);
  expect(readUnits([item(3_000), item(3_000)], false)).toBe(1);
});

test("a write costs a unit for each kilobyte of the larger of what was there and what is, and the same again for the index", () => {
  expect([writeUnits(undefined, item(100)), writeUnits(item(3_000), item(10))]).toEqual([1, 3]);
  const listed = (at: string) => item(100, { GSI1PK: "COURSE#1", GSI1SK: at });
  expect(indexWriteUnits(undefined, item(100))).toBe(0);
  expect(indexWriteUnits(undefined, listed("1"))).toBe(1);
  expect(indexWriteUnits(listed("1"), listed("2"))).toBe(2);
});

test("latencies have the median and the tail that is said", () => {
  const random = createRandom(1);
  const drawn = Array.from({ length: 20_000 }, () => drawLatency(LATENCIES.states, random)).sort(
    (a, b) => a - b,
  );
  expect(drawn[10_000]).toBeGreaterThan(33);
  expect(drawn[10_000]).toBeLessThan(37);
  expect(drawn[19_800]).toBeGreaterThan(170);
  expect(drawn[19_800]).toBeLessThan(230);
});
