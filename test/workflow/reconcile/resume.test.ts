import { beforeEach, describe, expect, test } from "vitest";
import { paymentEvent } from "#test/support/payment-events.ts";
import { createSweepUnderTest, type SweepUnderTest } from "#test/support/sweep-ports.ts";
import type { Period } from "#workflow/period.ts";
import { cutUp, join } from "#workflow/reconcile/periods.ts";
import { sweep } from "#workflow/reconcile/sweep.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let under: SweepUnderTest;
beforeEach(() => {
  under = createSweepUnderTest("2026-11-23T13:00:00.000Z");
});

const ago = (ms: number) => new Date(under.time - ms).toISOString();
const period = (since: number, until: number): Period => ({ since: new Date(since), until: new Date(until) });
const silent = { onDrift: () => {}, onRepairFailed: () => {}, onPayback: () => {}, onUnreadable: () => {} };
const starts = () => under.done.filter((one) => one.startsWith("start")).toSorted();

/** 3,000 purchases of the last ten hours, of which no webhook has told. */
function loseMany(): string[] {
  under.swept = { sweptUntil: ago(11 * HOUR) };
  under.events = Array.from({ length: 3_000 }, (_, index) =>
    paymentEvent({
      eventId: `evt_${index}`,
      checkoutSessionId: `cs_${index}`,
      occurredAt: ago(10 * MINUTE + index * 12_000),
    }),
  );
  return under.events.map(({ eventId }) => `start ${eventId}`).toSorted();
}

/** Each look at what is stored takes four seconds of the time, ten at once 40. */
function makeSlow(): void {
  const { findDeliveries } = under.ports.deliveries;
  under.ports.deliveries.findDeliveries = (ids) => {
    under.time += 4_000;
    return findDeliveries(ids);
  };
}

const within = (ms: number) => {
  const end = under.time + ms;
  return () => end - under.time;
};

describe("a sweep that has not the time for all of it", () => {
  test("stops in time, is gone on with, and nothing is done twice or left out", async () => {
    const all = loseMany();
    makeSlow();
    const looked: number[] = [];
    let isUnfinished = true;
    for (let runs = 0; isUnfinished && runs < 20; runs += 1) {
      const timeLeft = within(85_000);
      const result = await sweep(under.ports, silent, { timeLeft, isGoingOn: runs > 0 });
      expect(timeLeft()).toBeGreaterThan(0);
      ({ isUnfinished = true } = result ?? {});
      looked.push(result?.looked.events ?? 0);
    }
    expect(looked.length).toBeGreaterThan(1);
    expect(starts()).toEqual(all);
    // Of a second that was cut in two, what was read is read again.
    expect(looked.reduce((sum, some) => sum + some, 0)).toBeLessThan(all.length * 1.03);
  });

  test("says how far it has come, and no further", async () => {
    loseMany();
    makeSlow();
    const result = await sweep(under.ports, silent, { timeLeft: within(85_000) });
    const missing = under.events.filter(({ eventId }) => !under.done.includes(`start ${eventId}`));
    expect(result?.isUnfinished).toBe(true);
    for (const { occurredAt } of missing) expect(occurredAt >= (result?.sweptUntil ?? "")).toBe(true);
  });

  test("is not gone on with when it had time for all", async () => {
    loseMany();
    await sweep(under.ports, silent);
    under.time += HOUR;
    await expect(sweep(under.ports, silent, { isGoingOn: true })).resolves.toBeUndefined();
  });
});

test("what cannot be started does not hold up what comes after it: only its own second is read again", async () => {
  loseMany();
  under.onStart = (eventId) => {
    if (eventId === "evt_300") throw new Error("throttled");
  };
  await sweep(under.ports, silent);
  under.time += HOUR;
  under.onStart = () => {};
  const result = await sweep(under.ports, silent);
  expect(result?.looked.events).toBe(1);
  expect(starts()).toContain("start evt_300");
});

describe("periods", () => {
  test("are cut up at whole seconds, without a gap, into parts of a quarter of an hour at least", () => {
    const parts = cutUp(period(0, HOUR + 1_000), 10);
    expect(parts).toHaveLength(5);
    expect(parts.map(({ until }) => until).slice(0, -1)).toEqual(parts.map(({ since }) => since).slice(1));
    expect(cutUp(period(0, 24 * HOUR), 10)).toHaveLength(10);
    expect(cutUp(period(0, 1_000), 10)).toEqual([period(0, 1_000)]);
  });

  test("that touch are one, and the nearest are joined when there are too many", () => {
    expect(join([period(5, 6), period(0, 2), period(2, 3)])).toEqual([period(0, 3), period(5, 6)]);
    expect(join([period(0, 1), period(2, 3), period(90, 91), period(50, 51)], 2)).toEqual([
      period(0, 3),
      period(50, 91),
    ]);
  });
});
