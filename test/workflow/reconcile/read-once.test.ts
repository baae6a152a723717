import { beforeEach, describe, expect, test } from "vitest";
import { paymentEvent } from "#test/support/payment-events.ts";
import { paidEnrollment, paidSession, settledPurchase } from "#test/support/purchases.ts";
import { createSweepUnderTest, type SweepUnderTest, sweepWholly } from "#test/support/sweep-ports.ts";
import { sweep } from "#workflow/reconcile/sweep.ts";
import { UnreadableRecord } from "#workflow/unreadable-record.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const SILENT = { onDrift: () => {}, onRepairFailed: () => {}, onPayback: () => {}, onUnreadable: () => {} };

let under: SweepUnderTest;
/** How often all that is stored of a purchase was looked at, by its checkout session. */
let looks: Map<string, number>;
beforeEach(() => {
  under = createSweepUnderTest("2026-11-23T13:00:00.000Z");
  under.swept = { sweptUntil: ago(HOUR) };
  looks = new Map();
  const { findDeliveries } = under.ports.deliveries;
  under.ports.deliveries.findDeliveries = (ids) => {
    for (const { checkoutSessionId = "" } of ids)
      looks.set(checkoutSessionId, (looks.get(checkoutSessionId) ?? 0) + 1);
    return findDeliveries(ids);
  };
});

const ago = (ms: number) => new Date(under.time - ms).toISOString();
const sweepAnHourLater = () => {
  under.time += HOUR;
  return sweepWholly(under.ports);
};

/** The form is open for two minutes, and the student has the course so long after the payment. */
async function sell(name: string, paidAgo: number, deliveredAfter: number | "never" = 2 * SECOND) {
  const [userId, checkoutSessionId] = [`user-${name}`, `cs_${name}`];
  const ids = { userId, checkoutSessionId };
  const event = paymentEvent({ ...ids, eventId: `evt_${name}`, occurredAt: ago(paidAgo) });
  under.events.push(event);
  const createdAt = ago(paidAgo + 2 * MINUTE);
  under.sessions.push(paidSession({ ...ids, createdAt, settlement: event }));
  await under.stores.openPurchase(settledPurchase({ ...ids, settlement: event }));
  if (deliveredAfter === "never") return;
  under.executions.set(event.eventId, "succeeded");
  const enrolledAt = ago(paidAgo - deliveredAfter);
  await under.stores.createEnrollment(
    paidEnrollment({ userId, stripeSessionId: checkoutSessionId, enrolledAt }),
  );
}

describe("what one sweep sees delivered is not looked at by the next one", () => {
  test.each([
    ["the form was opened in the hour of the one and paid in that of the other", 4 * MINUTE, 2 * SECOND],
    [
      "it was paid in the hour of the one and delivered in that of the other",
      5 * MINUTE + SECOND,
      2 * SECOND,
    ],
    ["it was delivered long after", 40 * MINUTE, 39 * MINUTE],
  ])("when %s", async (_when, paidAgo, deliveredAfter) => {
    await sell("ada", paidAgo, deliveredAfter);
    await sweepWholly(under.ports);
    expect(looks.get("cs_ada")).toBe(1);
    await sweepAnHourLater();
    await sweepAnHourLater();
    expect(looks.get("cs_ada")).toBe(1);
  });

  test("but what was paid and not delivered is, and is started", async () => {
    await sell("ada", 4 * MINUTE, "never");
    await sweepWholly(under.ports);
    expect(under.done).toEqual([]);
    await sweepAnHourLater();
    expect(under.done).toEqual(["start evt_ada"]);
  });

  test("nor is what one has seen that something else was to be read again of", async () => {
    await sell("ada", 4 * MINUTE);
    await sell("grace", 30 * MINUTE, "never");
    under.onStart = () => {
      throw new Error("throttled");
    };
    await sweepWholly(under.ports, () => {});
    under.onStart = () => {};
    await sweepAnHourLater();
    expect(under.done).toEqual(["start evt_grace"]);
    expect(looks.get("cs_ada")).toBe(1);
  });
});

test("a sweep of many steps looks at each purchase once", async () => {
  under.swept = { sweptUntil: ago(12 * HOUR) };
  for (let index = 0; index < 600; index += 1) await sell(String(index), 10 * MINUTE + index * MINUTE);
  const { findDeliveries } = under.ports.deliveries;
  under.ports.deliveries.findDeliveries = (ids) => {
    under.time += 4_000;
    return findDeliveries(ids);
  };
  let runs = 0;
  for (let isUnfinished = true; isUnfinished && runs < 20; runs += 1) {
    const end = under.time + 100_000;
    const timeLeft = () => end - under.time;
    ({ isUnfinished = false } = (await sweep(under.ports, SILENT, { timeLeft, isGoingOn: runs > 0 })) ?? {});
  }
  expect(runs).toBeGreaterThan(1);
  expect(looks.size).toBe(600);
  expect([...looks.values()].filter((often) => often > 1)).toEqual([]);
});

describe("a sweep that ends before it has saved how far it has come", () => {
  test("is followed by one that looks at all of it once more", async () => {
    for (const [index, name] of ["ada", "grace", "alan"].entries())
      await sell(name, (4 + 2 * index) * MINUTE);
    const { saveSweep } = under.ports.sweeps;
    under.ports.sweeps.saveSweep = async (next, previous) => {
      if (looks.size > 0) throw new Error("killed");
      return saveSweep(next, previous);
    };
    await expect(sweepWholly(under.ports)).rejects.toThrow("killed");
    under.ports.sweeps.saveSweep = saveSweep;
    await sweepWholly(under.ports);
    expect(Object.fromEntries(looks)).toEqual({ cs_ada: 2, cs_grace: 2, cs_alan: 2 });
  });
});

describe("the record of a sweep", () => {
  test("keeps 2,000 ids at most, and of the others it is looked at what is stored once more", async () => {
    for (let index = 0; index < 2_050; index += 1) await sell(String(index), 4 * MINUTE);
    await sweepWholly(under.ports);
    expect(under.swept?.deliveredAhead).toHaveLength(2_000);
    await sweepAnHourLater();
    expect([...looks.values()].filter((often) => often === 2)).toHaveLength(50);
    expect(under.swept?.deliveredAhead).toEqual([]);
  });

  test("that cannot be read is no reason to stop, or to pass anything over", async () => {
    await sell("ada", 4 * MINUTE);
    await sell("grace", 3 * MINUTE, "never");
    await sweepWholly(under.ports);
    under.ports.sweeps.findSweep = () => Promise.reject(new UnreadableRecord("SWEEP METADATA", "a number"));
    const { unreadable } = await sweepAnHourLater();
    expect(unreadable).toHaveLength(1);
    expect(under.done).toEqual(["start evt_grace"]);
    expect(looks.get("cs_ada")).toBe(2);
  });
});
