import { beforeEach, describe, expect, test } from "vitest";
import { collect } from "#test/support/collect.ts";
import { paymentEvent, paymentNotice } from "#test/support/payment-events.ts";
import {
  decision,
  NOON,
  openSession,
  paidEnrollment,
  paidSession,
  settledPurchase,
} from "#test/support/purchases.ts";
import { createSweepUnderTest, type SweepUnderTest, sweepWholly } from "#test/support/sweep-ports.ts";

const HOUR = 60 * 60 * 1_000;
let under: SweepUnderTest;
beforeEach(() => {
  under = createSweepUnderTest(NOON);
});

/** @returns what each sweep has found, those that found nothing left out */
async function everyHour(hours: number, then: () => Promise<unknown> = async () => {}) {
  const found: string[][] = [];
  for (let hour = 0; hour < hours; hour += 1) {
    under.time += HOUR;
    const { drift } = await sweepWholly(under.ports, () => {});
    if (drift.length > 0) found.push(drift.map(({ kind }) => kind));
    await then();
  }
  return found;
}

/** As it happened at noon: paid, delivered, and remembered by everybody. */
async function deliver() {
  under.events = [paymentEvent()];
  under.sessions = [paidSession()];
  under.executions.set("evt_1", "succeeded");
  await under.stores.openPurchase(settledPurchase());
  await under.stores.createEnrollment(paidEnrollment());
}

describe("a day of hourly sweeps", () => {
  test("after a refund and a withdrawal starts nothing and enrolls nobody, at every hour", async () => {
    await deliver();
    await under.stores.decide(settledPurchase(), decision());
    await under.stores.deleteEnrollment("user-ada", "TEST-COURSE-003", "cs_test_1");
    under.notices = [paymentNotice()];
    await everyHour(24, async () => expect(under.stores.enrollments.size).toBe(0));
    expect(under.done).toEqual([]);
  });

  test("after a refund of what had not been delivered starts nothing, before the refund is decided about", async () => {
    under.events = [paymentEvent()];
    under.sessions = [paidSession()];
    under.notices = [paymentNotice()];
    await expect(everyHour(24)).resolves.toEqual([]);
    expect(under.done).toEqual([]);
    await expect(collect(under.stores.listPurchasesAwaitingAttention(() => {}))).resolves.toHaveLength(1);
  });

  test("notes a refund of which no webhook has told once", async () => {
    await deliver();
    under.notices = [paymentNotice()];
    const paybacks: string[] = [];
    for (let hour = 0; hour < 24; hour += 1) {
      under.time += HOUR;
      paybacks.push(...(await sweepWholly(under.ports, () => {})).paybacks);
    }
    expect(paybacks).toEqual(["refund-noted"]);
    expect(under.stores.enrollments.size).toBe(1);
  });

  test("over what is a delivered purchase finds nothing", async () => {
    await deliver();
    await expect(everyHour(24)).resolves.toEqual([]);
  });
});

test.each(["failed", "succeeded"] as const)(
  "two days of hourly sweeps over an execution that has %s without an enrollment redrive nothing",
  async (status) => {
    under.events = [paymentEvent()];
    under.executions.set("evt_1", status);
    const found = await everyHour(48);
    expect(found[0]).toEqual(["paid-not-enrolled"]);
    expect(under.done).toEqual([]);
    if (status === "failed") expect(found).toHaveLength(48);
  },
);

describe("a form that is open beside an enrollment", () => {
  const isOpenSince = (createdAt: string) => {
    under.sessions = [openSession({ checkoutSessionId: "cs_test_2", createdAt })];
    return under.stores.replaceOpenCheckout(
      { userId: "user-ada", courseId: "TEST-COURSE-003", checkoutSessionId: "cs_test_2", attempt: 1 },
      undefined,
    );
  };

  test("is expired although it was opened long before the sweep", async () => {
    await isOpenSince("2026-11-23T12:00:00.000Z");
    await everyHour(3);
    expect(under.done).toEqual([]);
    await under.stores.createEnrollment(
      paidEnrollment({ enrollmentType: "free", enrolledAt: "2026-11-23T15:00:00.000Z" }),
    );
    await expect(everyHour(1)).resolves.toEqual([["still-payable"]]);
    expect(under.done).toEqual(["expire cs_test_2"]);
  });

  test.each([
    ["that it brought", "cs_test_2", {}],
    ["and closed", "cs_test_1", { closedAt: NOON }],
  ])("%s asks nobody", async (_what, stripeSessionId, change) => {
    await isOpenSince("2026-11-23T12:00:00.000Z");
    const [open] = under.stores.openCheckouts.values();
    under.stores.openCheckouts.set("user-ada/TEST-COURSE-003", { ...open, ...change } as never);
    await under.stores.createEnrollment(
      paidEnrollment({ enrollmentType: "free", stripeSessionId, enrolledAt: "2026-11-23T12:50:00.000Z" }),
    );
    under.sessions = [];
    under.ports.payments.findCheckout = () => Promise.reject(new Error("nobody asked for that"));
    await expect(everyHour(1)).resolves.toEqual([]);
  });
});

test("a payment that became a second one between a sweep's two looks is found by the next sweep", async () => {
  under.events = [paymentEvent({ occurredAt: NOON })];
  under.whilePausing = async () => {
    await under.stores.createEnrollment(paidEnrollment({ stripeSessionId: "cs_test_2", enrolledAt: NOON }));
    under.whilePausing = async () => undefined;
  };
  under.sessions = [paidSession({ checkoutSessionId: "cs_test_2", createdAt: NOON })];
  await expect(everyHour(2)).resolves.toEqual([expect.arrayContaining(["paid-twice"])]);
  expect(under.done).toEqual(["start evt_1"]);
});

test("a purchase of weeks ago that fails between a sweep's two looks does not move the mark back", async () => {
  await everyHour(1);
  const lately = new Date(under.time + HOUR / 2).toISOString();
  under.events = [paymentEvent({ checkoutSessionId: "cs_test_2", eventId: "evt_2", occurredAt: lately })];
  const settlement = paymentEvent({ occurredAt: "2026-11-01T12:00:00.000Z" });
  under.whilePausing = () =>
    under.stores.noteFailure(settledPurchase(), settlement, { executionName: "evt_1", isFinal: true }, NOON);
  under.time += HOUR;
  const before = under.swept?.sweptUntil ?? "";
  const { sweptUntil } = await sweepWholly(under.ports, () => {});
  expect(sweptUntil >= before).toBe(true);
});
