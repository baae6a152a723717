import { beforeEach, describe, expect, test } from "vitest";
import { paymentEvent } from "#test/support/payment-events.ts";
import { decision, paidEnrollment, paidSession, settledPurchase } from "#test/support/purchases.ts";
import { createSweepUnderTest, type SweepUnderTest } from "#test/support/sweep-ports.ts";
import type { Enrollment } from "#workflow/model.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import type { CheckoutSession } from "#workflow/ports/payments.ts";
import { reconcile } from "#workflow/reconcile/find-drift.ts";

const period = { since: new Date("2026-11-22T12:00:00.000Z"), until: new Date("2026-11-23T12:00:00.000Z") };
const within = "2026-11-23T11:00:00.000Z";

let under: SweepUnderTest;
beforeEach(() => {
  under = createSweepUnderTest("2026-11-23T12:05:00.000Z");
});

const find = async () => (await reconcile(period, under.ports)).drift;
const event = (overrides: Partial<PaymentEvent> = {}) => paymentEvent({ occurredAt: within, ...overrides });
const session = (overrides: Partial<CheckoutSession> = {}) =>
  paidSession({ createdAt: within, settlement: event({ eventId: "cs_test_1" }), ...overrides });
const enrolled = (overrides: Partial<Enrollment> = {}) =>
  paidEnrollment({ enrolledAt: within, ...overrides });

describe("a settled session", () => {
  test("whose enrollment stands is no drift, whatever its executions did", async () => {
    under.events = [event()];
    under.sessions = [session()];
    await under.stores.createEnrollment(enrolled());
    await expect(find()).resolves.toEqual([]);
  });

  test("without an enrollment is found by its event, with what would start the execution", async () => {
    under.events = [event()];
    await expect(find()).resolves.toEqual([
      expect.objectContaining({ kind: "paid-not-enrolled", checkoutSessionId: "cs_test_1", event: event() }),
    ]);
  });

  test("without any event is found by the session itself", async () => {
    under.sessions = [session()];
    await expect(find()).resolves.toMatchObject([
      { kind: "paid-not-enrolled", event: { eventId: "cs_test_1" } },
    ]);
  });

  test.each(["evt_1", "cs_test_1"])("names the failed execution %s", async (name) => {
    under.events = [event()];
    under.executions.set(name, "failed");
    await expect(find()).resolves.toMatchObject([
      { kind: "paid-not-enrolled", executionName: name, executionStatus: "failed", event: { eventId: name } },
    ]);
  });

  test("whose execution is running is under way", async () => {
    under.events = [event()];
    under.executions.set("evt_1", "running");
    await expect(find()).resolves.toEqual([]);
  });

  test("that is enrolled before the second look was under way", async () => {
    under.events = [event()];
    under.whilePausing = () => under.stores.createEnrollment(enrolled());
    await expect(find()).resolves.toEqual([]);
  });

  test("of the last minutes is left to the webhook, even when the session is older", async () => {
    under.events = [event({ occurredAt: "2026-11-23T12:00:01.000Z" })];
    under.sessions = [session()];
    await expect(find()).resolves.toEqual([]);
  });

  test("for a course that another session paid is paid twice", async () => {
    under.events = [event({ checkoutSessionId: "cs_test_2", eventId: "evt_2" })];
    await under.stores.createEnrollment(enrolled());
    under.sessions = [session()];
    await expect(find()).resolves.toMatchObject([{ kind: "paid-twice", checkoutSessionId: "cs_test_2" }]);
  });
});

describe("an event about a checkout that was not paid", () => {
  const expired = event({ eventType: "checkout.session.expired", paymentStatus: "unpaid" });

  test("is found when no execution has looked at it", async () => {
    under.events = [expired];
    await expect(find()).resolves.toMatchObject([{ kind: "not-started", event: expired }]);
    under.executions.set("evt_1", "succeeded");
    await expect(find()).resolves.toEqual([]);
  });

  test("is history once the session is settled", async () => {
    under.events = [event({ eventId: "evt_2" }), event({ paymentStatus: "unpaid" })];
    await under.stores.createEnrollment(enrolled());
    await expect(find()).resolves.toEqual([]);
  });
});

test("an open session for a course that the student has is still payable", async () => {
  under.sessions = [
    session(),
    session({ checkoutSessionId: "cs_test_2", status: "open", settlement: undefined }),
  ];
  await under.stores.createEnrollment(enrolled());
  await expect(find()).resolves.toMatchObject([{ kind: "still-payable", checkoutSessionId: "cs_test_2" }]);
});

test("an enrollment whose purchase knows that it was paid asks nobody", async () => {
  await under.stores.openPurchase(settledPurchase());
  await under.stores.createEnrollment(enrolled());
  await expect(find()).resolves.toEqual([]);
});

test.each([
  ["unknown", []],
  ["not settled", [session({ paymentStatus: "unpaid", settlement: undefined })]],
])("an enrollment whose session is %s is enrolled, not paid", async (_what, known) => {
  under.sessions = known;
  await under.stores.createEnrollment(enrolled());
  await expect(find()).resolves.toMatchObject([{ kind: "enrolled-not-paid", userId: "user-ada" }]);
});

test("an enrollment that a decision has taken back is found although its course is gone", async () => {
  under.stores.courses.clear();
  under.events = [event()];
  await under.stores.openPurchase(settledPurchase({ decision: decision() }));
  await under.stores.createEnrollment(enrolled());
  await expect(find()).resolves.toMatchObject([{ kind: "decision-unfinished" }]);
});
