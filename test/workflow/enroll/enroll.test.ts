import { beforeEach, describe, expect, test, vi } from "vitest";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { freeCourse, paidCourse, student } from "#test/support/payment-events.ts";
import { openSession, paidEnrollment } from "#test/support/purchases.ts";
import { enroll } from "#workflow/enroll/enroll.ts";
import type { CheckoutRequest, CheckoutSession } from "#workflow/ports/payments.ts";

/** A payment provider that keeps its sessions where the test can change them, and honours idempotency keys. */
function createProvider() {
  const sessions = new Map<string, CheckoutSession>();
  const byKey = new Map<string, string>();
  const requests: CheckoutRequest[] = [];
  return {
    sessions,
    requests,
    async openCheckout(request: CheckoutRequest) {
      requests.push(request);
      const known = sessions.get(byKey.get(request.idempotencyKey) ?? "");
      if (known) return known;
      const checkoutSessionId = `cs_test_${sessions.size + 1}`;
      const session = openSession({
        checkoutSessionId,
        clientSecret: `${checkoutSessionId}_secret`,
        userId: request.student.userId,
        courseId: request.course.courseId,
        amountSubtotal: request.course.unitAmount,
        currency: request.course.currency,
      });
      sessions.set(checkoutSessionId, session);
      byKey.set(request.idempotencyKey, checkoutSessionId);
      return session;
    },
    findCheckout: async (checkoutSessionId: string) => sessions.get(checkoutSessionId),
    async expireCheckout(checkoutSessionId: string) {
      const session = sessions.get(checkoutSessionId);
      if (session?.status === "open") sessions.set(checkoutSessionId, { ...session, status: "expired" });
    },
  };
}

let stores: InMemoryStores;
let payments: ReturnType<typeof createProvider>;

beforeEach(() => {
  stores = createInMemoryStores();
  payments = createProvider();
});

const ports = () => ({
  enrollments: stores,
  openCheckouts: stores,
  payments,
  now: () => new Date("2026-11-23T12:00:00.000Z"),
});
const change = (sessionId: string, changes: Partial<CheckoutSession>) => {
  const session = payments.sessions.get(sessionId);
  if (!session) throw new Error(`no session ${sessionId}`);
  payments.sessions.set(sessionId, { ...session, ...changes });
};
const buy = () => enroll(student, paidCourse, ports());

describe("enrolling in a free course", () => {
  test("makes it the student's at once, without any payment", async () => {
    await expect(enroll(student, freeCourse, ports())).resolves.toMatchObject({
      outcome: "enrolled",
      enrollment: { enrollmentType: "free", paymentStatus: "free", progress: 0, completed: false },
    });
    expect(payments.requests).toEqual([]);
  });

  test("a second time gives the first enrollment", async () => {
    await enroll(student, freeCourse, ports());
    await expect(enroll(student, freeCourse, ports())).resolves.toMatchObject({
      outcome: "already-enrolled",
    });
  });
});

describe("enrolling in a paid course", () => {
  test("opens a checkout session and writes no enrollment", async () => {
    await expect(buy()).resolves.toEqual({
      outcome: "payment-needed",
      checkoutSessionId: "cs_test_1",
      clientSecret: "cs_test_1_secret",
    });
    expect(stores.enrollments.size).toBe(0);
  });

  test("again gives the session that is open, however often", async () => {
    await buy();
    await buy();
    await expect(buy()).resolves.toMatchObject({ checkoutSessionId: "cs_test_1" });
    expect(payments.requests).toHaveLength(1);
  });

  test("from two tabs at once gives one session", async () => {
    const [one, two] = await Promise.all([buy(), buy()]);
    expect(one).toEqual(two);
    expect(payments.sessions.size).toBe(1);
  });

  test("an expired session is replaced", async () => {
    await buy();
    change("cs_test_1", { status: "expired", clientSecret: undefined });
    await expect(buy()).resolves.toMatchObject({ checkoutSessionId: "cs_test_2" });
    await expect(buy()).resolves.toMatchObject({ checkoutSessionId: "cs_test_2" });
  });

  test("a payment under way is pointed out instead of asked for again", async () => {
    await buy();
    change("cs_test_1", { status: "complete", clientSecret: undefined });
    await expect(buy()).resolves.toEqual({ outcome: "payment-in-progress", checkoutSessionId: "cs_test_1" });
  });

  test("a delayed payment that failed can be tried again", async () => {
    await buy();
    change("cs_test_1", { status: "complete", paymentFailed: true, clientSecret: undefined });
    await expect(buy()).resolves.toMatchObject({ outcome: "payment-needed", checkoutSessionId: "cs_test_2" });
  });

  test("a closed checkout is replaced without a look at it", async () => {
    await buy();
    await stores.closeOpenCheckout(
      { userId: student.userId, courseId: paidCourse.courseId, checkoutSessionId: "cs_test_1" },
      "2026-11-23T12:00:00.000Z",
    );
    const findCheckout = vi.spyOn(payments, "findCheckout");
    await expect(buy()).resolves.toMatchObject({ checkoutSessionId: "cs_test_2" });
    expect(findCheckout).not.toHaveBeenCalled();
  });

  test("a payment that comes through while the session opens is not followed by another", async () => {
    const { openCheckout } = payments;
    payments.openCheckout = async (request) => {
      await stores.createEnrollment(paidEnrollment({ stripeSessionId: "cs_test_elsewhere" }));
      return openCheckout(request);
    };
    await expect(buy()).resolves.toMatchObject({ outcome: "already-enrolled" });
    expect(payments.sessions.get("cs_test_1")?.status).toBe("expired");
  });

  test("of two requests with sessions of their own, one session stays payable", async () => {
    const linked = { ...student, stripeCustomerId: "cus_1" };
    const [one, two] = await Promise.all([buy(), enroll(linked, paidCourse, ports())]);
    expect(one).toEqual(two);
    const open = [...payments.sessions.values()].filter(({ status }) => status === "open");
    expect(open).toEqual([
      expect.objectContaining(
        one.outcome === "payment-needed" && { checkoutSessionId: one.checkoutSessionId },
      ),
    ]);
    expect(payments.sessions.size).toBe(2);
  });

  test("a session that is paid just as the price changes is a payment under way", async () => {
    await buy();
    payments.expireCheckout = async (id) => change(id, { status: "complete", paymentStatus: "paid" });
    await expect(enroll(student, { ...paidCourse, unitAmount: 5900 }, ports())).resolves.toEqual({
      outcome: "payment-in-progress",
      checkoutSessionId: "cs_test_1",
    });
  });

  test("a session at yesterday's price is expired and replaced by one at today's", async () => {
    await buy();
    const dearer = { ...paidCourse, unitAmount: 5900 };
    await expect(enroll(student, dearer, ports())).resolves.toMatchObject({ checkoutSessionId: "cs_test_2" });
    expect(payments.sessions.get("cs_test_1")?.status).toBe("expired");
  });

  test("a student who has the course is told instead of charged", async () => {
    await stores.createEnrollment({
      userId: student.userId,
      courseId: paidCourse.courseId,
      enrollmentType: "bundle",
      enrolledAt: "2026-11-01T00:00:00.000Z",
      paymentStatus: "completed",
      progress: 0,
      completed: false,
    });
    await expect(buy()).resolves.toMatchObject({ outcome: "already-enrolled" });
    expect(payments.requests).toEqual([]);
  });
});
