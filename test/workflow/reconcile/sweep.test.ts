import { beforeEach, describe, expect, test } from "vitest";
import { paidCourse, paymentEvent, paymentNotice } from "#test/support/payment-events.ts";
import {
  decision,
  openSession,
  paidEnrollment,
  paidSession,
  settledPurchase,
} from "#test/support/purchases.ts";
import { createSweepUnderTest, type SweepUnderTest, sweepWholly } from "#test/support/sweep-ports.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import { UnreadableRecord } from "#workflow/unreadable-record.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let under: SweepUnderTest;
let failed: unknown[];
beforeEach(() => {
  under = createSweepUnderTest("2026-11-23T13:00:00.000Z");
  failed = [];
});

const run = () => sweepWholly(under.ports, (_drift, error) => failed.push(error));
const ago = (milliseconds: number) => new Date(under.time - milliseconds).toISOString();
/** A purchase of its own, paid so long ago, of which no webhook has told. */
const lost = (id: string, age: number, overrides: Partial<PaymentEvent> = {}) =>
  paymentEvent({ eventId: `evt_${id}`, checkoutSessionId: `cs_${id}`, occurredAt: ago(age), ...overrides });

describe("how far it has come", () => {
  test("is what is older than five minutes, and the next one goes on from there", async () => {
    await expect(run()).resolves.toMatchObject({ sweptUntil: ago(5 * MINUTE) });
    expect(under.swept).toMatchObject({ sweptUntil: ago(5 * MINUTE) });
    under.events = [lost("before", 10 * MINUTE), lost("after", 4 * MINUTE)];
    under.time += HOUR;
    await run();
    expect(under.done).toEqual(["start evt_after"]);
  });

  test.each([
    ["never", undefined],
    ["for 40 days", 40 * DAY],
  ])("is 30 days ago when it has %s run", async (_what, age) => {
    if (age) under.swept = { sweptUntil: ago(age) };
    under.events = [lost("1", 30 * DAY), lost("2", 30 * DAY + 1_000)];
    await run();
    expect(under.done).toEqual(["start evt_1"]);
    expect(under.swept).toMatchObject({ sweptUntil: ago(5 * MINUTE) });
  });

  test("holds at the first purchase that could not be started, and all is found again", async () => {
    under.swept = { sweptUntil: ago(2 * HOUR) };
    under.events = [lost("1", 60 * MINUTE), lost("2", 50 * MINUTE), lost("3", 40 * MINUTE)];
    under.onStart = (eventId) => {
      if (eventId === "evt_2") throw new Error("throttled");
    };
    await expect(run()).resolves.toMatchObject({ sweptUntil: ago(50 * MINUTE) });
    expect(failed).toEqual([new Error("throttled")]);
    expect(under.done.toSorted()).toEqual(["start evt_1", "start evt_3"]);
    under.onStart = () => {};
    await expect(run()).resolves.toMatchObject({ sweptUntil: ago(5 * MINUTE) });
    expect(under.done).toContain("start evt_2");
  });

  test("holds at a session that could not be expired", async () => {
    under.swept = { sweptUntil: ago(HOUR) };
    const { stripeSessionId: _none, ...rest } = paidEnrollment({ enrolledAt: ago(DAY) });
    await under.stores.createEnrollment({ ...rest, enrollmentType: "free" });
    under.sessions = [openSession({ createdAt: ago(30 * MINUTE) })];
    const { expireCheckout } = under.ports.payments;
    under.ports.payments.expireCheckout = () => Promise.reject(new Error("Stripe is away"));
    await expect(run()).resolves.toMatchObject({
      sweptUntil: ago(30 * MINUTE),
      drift: [{ repair: "failed" }],
    });
    under.ports.payments.expireCheckout = expireCheckout;
    await expect(run()).resolves.toMatchObject({
      sweptUntil: ago(5 * MINUTE),
      drift: [{ repair: "expired" }],
    });
  });

  test("does not hold for a decision that could not be carried out, since that is found by its purchase", async () => {
    under.swept = { sweptUntil: ago(HOUR) };
    const withdrawn = settledPurchase({ decision: decision() });
    await under.stores.openPurchase(withdrawn);
    await under.stores.createEnrollment(paidEnrollment({ enrolledAt: ago(30 * MINUTE) }));
    const { deleteEnrollment } = under.ports.enrollments;
    under.ports.enrollments.deleteEnrollment = () => Promise.reject(new Error("the table is away"));
    await expect(run()).resolves.toMatchObject({
      drift: [{ kind: "decision-unfinished", repair: "failed" }],
    });
    under.ports.enrollments.deleteEnrollment = deleteEnrollment;
    await expect(run()).resolves.toMatchObject({ sweptUntil: ago(5 * MINUTE) });
    expect(under.stores.enrollments.size).toBe(0);
  });

  test("does not hold for what only a person can do", async () => {
    under.executions.set("evt_1", "failed");
    under.events = [lost("1", HOUR)];
    await expect(run()).resolves.toMatchObject({ drift: [{ repair: "left" }], sweptUntil: ago(5 * MINUTE) });
  });

  test("is left to a sweep that was faster", async () => {
    under.whilePausing = async () => {
      under.swept = { sweptUntil: ago(MINUTE) };
    };
    under.events = [lost("1", HOUR)];
    await run();
    expect(under.swept).toMatchObject({ sweptUntil: ago(MINUTE) });
  });

  test("stays when the sweep dies, so that the next one looks at the same", async () => {
    under.swept = { sweptUntil: ago(HOUR) };
    under.ports.courses.listCourses = () => Promise.reject(new Error("the table is away"));
    await expect(run()).rejects.toThrow("the table is away");
    expect(under.swept).toMatchObject({ sweptUntil: ago(HOUR) });
  });
});

test("a blackout of any length below 29 days heals by itself", async () => {
  under.swept = { sweptUntil: ago(28 * DAY) };
  under.events = Array.from({ length: 28 }, (_, day) => lost(`day_${day}`, day * DAY + HOUR));
  await run();
  expect(under.done).toHaveLength(28);
});

test("hourly sweeps of a day read each purchase once", async () => {
  const reads: unknown[] = [];
  const { findDeliveries } = under.ports.deliveries;
  under.ports.deliveries.findDeliveries = (ids) => {
    reads.push(...ids.map(({ checkoutSessionId }) => checkoutSessionId));
    return findDeliveries(ids);
  };
  await run();
  const events = Array.from({ length: 50 }, (_, index) => lost(String(index), -index * 20 * MINUTE));
  for (let hour = 0; hour < 24; hour += 1) {
    under.events = events.filter(({ occurredAt }) => Date.parse(occurredAt) <= under.time);
    for (const { eventId } of under.events) under.executions.set(eventId, "succeeded");
    await run();
    under.time += HOUR;
  }
  expect(new Set(reads).size).toBe(50);
  expect(reads).toHaveLength(50);
});

describe("one record that cannot be read", () => {
  test("is named, whatever it is, and the others go on", async () => {
    under.unreadable = [{ record: new UnreadableRecord("evt_odd", "no session"), at: ago(HOUR) }];
    under.sessions = [paidSession({ createdAt: ago(HOUR) })];
    under.events = [lost("1", HOUR), lost("2", HOUR, { userId: "user-odd" })];
    const { findEnrollment } = under.ports.enrollments;
    under.ports.enrollments.findEnrollment = (userId, courseId) =>
      userId === "user-odd"
        ? Promise.reject(new UnreadableRecord("USER#user-odd ENROLLMENT#TEST-COURSE-003", "enrollmentType"))
        : findEnrollment(userId, courseId);
    const { unreadable, drift } = await run();
    expect(unreadable.map(({ key }) => key).sort()).toEqual([
      "USER#user-odd ENROLLMENT#TEST-COURSE-003",
      "evt_odd",
    ]);
    expect(drift.map(({ checkoutSessionId }) => checkoutSessionId)).toEqual(["cs_1"]);
    // Its event may have been the one that cannot be read, or be still to come: an hour later it would be there.
    under.time += HOUR;
    await expect(run()).resolves.toMatchObject({ drift: [{ checkoutSessionId: "cs_test_1" }] });
  });

  test("is the sweep's own: it looks at all of 30 days until somebody mends it", async () => {
    under.events = [lost("1", 28 * DAY)];
    under.ports.sweeps.findSweep = () => Promise.reject(new UnreadableRecord("SWEEP METADATA", "sweptUntil"));
    const { unreadable } = await run();
    expect(unreadable.map(({ key }) => key)).toEqual(["SWEEP METADATA"]);
    expect(under.done).toEqual(["start evt_1"]);
  });

  test("is looked at again once it is mended, and what it tells of is not lost", async () => {
    under.swept = { sweptUntil: ago(2 * HOUR) };
    under.events = [lost("1", HOUR)];
    const { findPurchase } = under.ports.purchases;
    under.ports.purchases.findPurchase = () =>
      Promise.reject(new UnreadableRecord("USER#user-ada PURCHASE#cs_1", "unitAmount"));
    await expect(run()).resolves.toMatchObject({ drift: [], sweptUntil: ago(HOUR) });
    under.ports.purchases.findPurchase = findPurchase;
    under.time += HOUR;
    await expect(run()).resolves.toMatchObject({ sweptUntil: ago(5 * MINUTE) });
    expect(under.done).toEqual(["start evt_1"]);
  });

  test("is looked at again, too, when it was mended between the two looks of one sweep", async () => {
    under.swept = { sweptUntil: ago(2 * HOUR) };
    under.events = [lost("1", HOUR), lost("2", HOUR)];
    const { findPurchase } = under.ports.purchases;
    under.ports.purchases.findPurchase = (userId, checkoutSessionId) =>
      checkoutSessionId === "cs_1"
        ? Promise.reject(new UnreadableRecord("USER#user-ada PURCHASE#cs_1", "unitAmount"))
        : findPurchase(userId, checkoutSessionId);
    under.whilePausing = async () => {
      under.ports.purchases.findPurchase = findPurchase;
    };
    await expect(run()).resolves.toMatchObject({ sweptUntil: ago(HOUR) });
    await run();
    expect(under.done).toEqual(["start evt_2", "start evt_1"]);
  });

  test("is waited for no longer than a week, so that sweeps stay small", async () => {
    under.swept = { sweptUntil: ago(9 * DAY) };
    const record = new UnreadableRecord("evt_odd", "no session");
    under.unreadable = [8, 6].map((days) => ({ record, at: ago(days * DAY) }));
    await expect(run()).resolves.toMatchObject({ sweptUntil: ago(6 * DAY) });
  });

  test("is no end to the news of refunds either", async () => {
    under.notices = ["pi_odd", "pi_1"].map((paymentIntentId) =>
      paymentNotice({ noticeId: `evt_${paymentIntentId}`, paymentIntentId, occurredAt: ago(HOUR) }),
    );
    under.sessions = [paidSession({ createdAt: ago(2 * HOUR) })];
    const { findCheckoutByPayment } = under.ports.payments;
    under.ports.payments.findCheckoutByPayment = (id) =>
      id === "pi_odd"
        ? Promise.reject(new UnreadableRecord("cs_odd", "status null"))
        : findCheckoutByPayment(id);
    const { unreadable, paybacks } = await run();
    expect(unreadable.map(({ key }) => key)).toEqual(["cs_odd"]);
    expect(paybacks).toEqual(["refund-noted"]);
  });

  test("is no course whose id is none, however long", async () => {
    under.events = [lost("1", HOUR, { courseId: "漢".repeat(500) })];
    under.sessions = [openSession({ courseId: "漢".repeat(500), createdAt: ago(HOUR) })];
    await under.stores.openPurchase(settledPurchase({ userId: "user-x", courseId: "漢".repeat(500) }));
    await under.stores.noteFailure(
      { userId: "user-x", courseId: paidCourse.courseId, checkoutSessionId: "cs_test_1" },
      paymentEvent(),
      { executionName: "evt_x", isFinal: true },
      ago(HOUR),
    );
    const { findEnrollment } = under.ports.enrollments;
    under.ports.enrollments.findEnrollment = (userId, courseId) =>
      courseId.length > 64
        ? Promise.reject(new Error("longer than a key"))
        : findEnrollment(userId, courseId);
    await expect(run()).resolves.toMatchObject({ sweptUntil: ago(5 * MINUTE) });
    expect(under.done).toEqual(["start evt_1"]);
  });
});
