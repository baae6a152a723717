import { beforeEach, describe, expect, test } from "vitest";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse, paymentEvent } from "#test/support/payment-events.ts";
import { paidEnrollment, paidSession } from "#test/support/purchases.ts";
import type { Enrollment } from "#workflow/model.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import type { ExecutionStatus } from "#workflow/ports/executions.ts";
import type { CheckoutSession } from "#workflow/ports/payments.ts";
import { reconcile } from "#workflow/reconcile/find-drift.ts";
import { repairDrift } from "#workflow/reconcile/repair.ts";

const period = { since: new Date("2026-11-22T12:00:00.000Z"), until: new Date("2026-11-23T12:00:00.000Z") };
const within = "2026-11-23T11:00:00.000Z";

let stores: InMemoryStores;
let events: PaymentEvent[];
let sessions: CheckoutSession[];
let executions: Map<string, ExecutionStatus>;
let whilePausing: () => Promise<unknown>;

beforeEach(() => {
  stores = createInMemoryStores({ courses: [paidCourse] });
  events = [];
  sessions = [];
  executions = new Map();
  whilePausing = async () => {};
});

async function* each<T>(records: T[]): AsyncGenerator<T> {
  for (const record of records) yield Promise.resolve(record);
}

const find = async () =>
  (
    await reconcile(period, {
      payments: {
        listPaymentEvents: () => each(events),
        listCheckouts: () => each(sessions),
        findCheckout: async (id) => sessions.find(({ checkoutSessionId }) => checkoutSessionId === id),
      },
      courses: stores,
      enrollments: {
        findEnrollment: stores.findEnrollment,
        listEnrollmentsSince: async () => [...stores.enrollments.values()],
      },
      executions: { listExecutionsSince: async () => executions },
      pause: async () => void (await whilePausing()),
    })
  ).drift;

const event = (overrides: Partial<PaymentEvent> = {}) => paymentEvent({ occurredAt: within, ...overrides });
const session = (overrides: Partial<CheckoutSession> = {}) =>
  paidSession({ createdAt: within, settlement: event({ eventId: "cs_test_1" }), ...overrides });
const enrolled = (overrides: Partial<Enrollment> = {}) =>
  paidEnrollment({ enrolledAt: within, stripeSessionId: "cs_test_1", ...overrides });

describe("a settled session", () => {
  test("whose enrollment stands is no drift, whatever its executions did", async () => {
    events = [event()];
    sessions = [session()];
    await stores.createEnrollment(enrolled());
    await expect(find()).resolves.toEqual([]);
  });

  test("without an enrollment is found by its event, with what would start the execution", async () => {
    events = [event()];
    await expect(find()).resolves.toEqual([
      expect.objectContaining({ kind: "paid-not-enrolled", checkoutSessionId: "cs_test_1", event: event() }),
    ]);
  });

  test("without any event is found by the session itself", async () => {
    sessions = [session()];
    await expect(find()).resolves.toMatchObject([
      { kind: "paid-not-enrolled", event: { eventId: "cs_test_1" } },
    ]);
  });

  test.each(["evt_1", "cs_test_1"])("names the failed execution %s", async (name) => {
    events = [event()];
    executions.set(name, "failed");
    await expect(find()).resolves.toMatchObject([
      { kind: "paid-not-enrolled", executionName: name, executionStatus: "failed", event: { eventId: name } },
    ]);
  });

  test("whose execution is running is under way", async () => {
    events = [event()];
    executions.set("evt_1", "running");
    await expect(find()).resolves.toEqual([]);
  });

  test("that is enrolled before the second look was under way", async () => {
    events = [event()];
    whilePausing = () => stores.createEnrollment(enrolled());
    await expect(find()).resolves.toEqual([]);
  });

  test("of the last minutes is left to the webhook, even when the session is older", async () => {
    events = [event({ occurredAt: "2026-11-23T12:00:01.000Z" })];
    sessions = [session()];
    await expect(find()).resolves.toEqual([]);
  });

  test("for a course that another session paid is paid twice", async () => {
    events = [event({ checkoutSessionId: "cs_test_2", eventId: "evt_2" })];
    await stores.createEnrollment(enrolled());
    sessions = [session()];
    await expect(find()).resolves.toMatchObject([{ kind: "paid-twice", checkoutSessionId: "cs_test_2" }]);
  });
});

describe("an event about a checkout that was not paid", () => {
  const expired = event({ eventType: "checkout.session.expired", paymentStatus: "unpaid" });

  test("is found when no execution has looked at it", async () => {
    events = [expired];
    await expect(find()).resolves.toMatchObject([{ kind: "not-started", event: expired }]);
    executions.set("evt_1", "succeeded");
    await expect(find()).resolves.toEqual([]);
  });

  test("is history once the session is settled", async () => {
    events = [event({ eventId: "evt_2" }), event({ paymentStatus: "unpaid" })];
    await stores.createEnrollment(enrolled());
    await expect(find()).resolves.toEqual([]);
  });
});

test("an open session for a course that the student has is still payable", async () => {
  sessions = [session(), session({ checkoutSessionId: "cs_test_2", status: "open", settlement: undefined })];
  await stores.createEnrollment(enrolled());
  await expect(find()).resolves.toMatchObject([{ kind: "still-payable", checkoutSessionId: "cs_test_2" }]);
});

test.each([
  ["unknown", []],
  ["not settled", [session({ paymentStatus: "unpaid", settlement: undefined })]],
])("an enrollment whose session is %s is enrolled, not paid", async (_what, known) => {
  sessions = known;
  await stores.createEnrollment(enrolled());
  await expect(find()).resolves.toMatchObject([{ kind: "enrolled-not-paid", userId: "user-ada" }]);
});

describe("the repair", () => {
  async function repair(overrides: object, redriveFailed = true) {
    const done: string[] = [];
    const outcome = await repairDrift(
      {
        kind: "paid-not-enrolled",
        checkoutSessionId: "cs_test_1",
        userId: "u",
        courseId: "c",
        since: within,
        ...overrides,
      },
      {
        payments: { expireCheckout: async (id) => void done.push(`expire ${id}`) },
        executions: {
          startExecution: async ({ eventId }) => {
            done.push(`start ${eventId}`);
            return "executionStatus" in overrides ? "redriven" : "started";
          },
        },
      },
      { redriveFailed },
    );
    return [outcome, ...done];
  }

  test("starts what was never started", async () => {
    await expect(repair({ event: event() })).resolves.toEqual(["started", "start evt_1"]);
    await expect(repair({ kind: "paid-twice", event: event() })).resolves.toEqual(["started", "start evt_1"]);
  });

  test("redrives what failed when an operator asks, and never by schedule", async () => {
    const failed = { event: event(), executionName: "evt_1", executionStatus: "failed" };
    await expect(repair(failed)).resolves.toEqual(["redriven", "start evt_1"]);
    await expect(repair(failed, false)).resolves.toEqual(["left"]);
  });

  test("expires what must not be paid", async () => {
    await expect(repair({ kind: "still-payable" })).resolves.toEqual(["expired", "expire cs_test_1"]);
  });

  test("leaves to a person what only a person can decide", async () => {
    await expect(repair({ kind: "enrolled-not-paid" })).resolves.toEqual(["left"]);
    const known = { kind: "paid-twice", event: event(), executionStatus: "failed" };
    await expect(repair(known)).resolves.toEqual(["left"]);
  });
});
