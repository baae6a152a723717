import { describe, expect, test, vi } from "vitest";
import { freeCourse, paidCourse, student } from "#test/support/payment-events.ts";
import { paidEnrollment } from "#test/support/purchases.ts";
import { useEnroll } from "./use-enroll.ts";

const under = useEnroll();
const buy = () => under.enroll();

describe("enrolling in a free course", () => {
  test("makes it the student's at once, without any payment", async () => {
    await expect(under.enroll(freeCourse)).resolves.toMatchObject({
      outcome: "enrolled",
      enrollment: { enrollmentType: "free", paymentStatus: "free", progress: 0, completed: false },
    });
    expect(under.payments.requests).toEqual([]);
  });

  test("a second time gives the first enrollment", async () => {
    await under.enroll(freeCourse);
    await expect(under.enroll(freeCourse)).resolves.toMatchObject({
      outcome: "already-enrolled",
    });
  });
});

test("of two tabs that enroll in a free course at once one is first, and both have it", async () => {
  const [one, two] = await Promise.all([under.enroll(freeCourse), under.enroll(freeCourse)]);
  expect([one.outcome, two.outcome].sort()).toEqual(["already-enrolled", "enrolled"]);
  expect(under.stores.enrollments.size).toBe(1);
});

describe("enrolling in a paid course", () => {
  test("opens a checkout session and writes no enrollment", async () => {
    await expect(buy()).resolves.toEqual({
      outcome: "payment-needed",
      checkoutSessionId: "cs_test_1",
      clientSecret: "cs_test_1_secret",
    });
    expect(under.stores.enrollments.size).toBe(0);
  });

  test("again gives the session that is open, however often", async () => {
    await buy();
    await buy();
    await expect(buy()).resolves.toMatchObject({ checkoutSessionId: "cs_test_1" });
    expect(under.payments.requests).toHaveLength(1);
  });

  test("from two tabs at once gives one session", async () => {
    const [one, two] = await Promise.all([buy(), buy()]);
    expect(one).toEqual(two);
    expect(under.payments.sessions.size).toBe(1);
  });

  test("an expired session is replaced", async () => {
    await buy();
    under.payments.change("cs_test_1", { status: "expired", clientSecret: undefined });
    await expect(buy()).resolves.toMatchObject({ checkoutSessionId: "cs_test_2" });
    await expect(buy()).resolves.toMatchObject({ checkoutSessionId: "cs_test_2" });
  });

  test("a payment under way is pointed out instead of asked for again", async () => {
    await buy();
    under.payments.change("cs_test_1", { status: "complete", clientSecret: undefined });
    await expect(buy()).resolves.toEqual({ outcome: "payment-in-progress", checkoutSessionId: "cs_test_1" });
  });

  test("a delayed payment that failed can be tried again", async () => {
    await buy();
    under.payments.change("cs_test_1", { status: "complete", paymentFailed: true, clientSecret: undefined });
    await expect(buy()).resolves.toMatchObject({ outcome: "payment-needed", checkoutSessionId: "cs_test_2" });
  });

  test("a closed checkout is replaced without a look at it", async () => {
    await buy();
    await under.stores.closeOpenCheckout(
      { userId: student.userId, courseId: paidCourse.courseId, checkoutSessionId: "cs_test_1" },
      "2026-11-23T12:00:00.000Z",
    );
    const findCheckout = vi.spyOn(under.payments, "findCheckout");
    await expect(buy()).resolves.toMatchObject({ checkoutSessionId: "cs_test_2" });
    expect(findCheckout).not.toHaveBeenCalled();
  });

  test("a payment that comes through while the session opens is not followed by another", async () => {
    const { openCheckout } = under.payments;
    under.payments.openCheckout = async (request) => {
      await under.stores.createEnrollment(paidEnrollment({ stripeSessionId: "cs_test_elsewhere" }));
      return openCheckout(request);
    };
    await expect(buy()).resolves.toMatchObject({ outcome: "already-enrolled" });
    expect(under.payments.sessions.get("cs_test_1")?.status).toBe("expired");
  });

  test("of two requests with sessions of their own, one session stays payable", async () => {
    const linked = { ...student, stripeCustomerId: "cus_1" };
    const [one, two] = await Promise.all([buy(), under.enroll(paidCourse, linked)]);
    expect(one).toEqual(two);
    expect(one).toMatchObject({ outcome: "payment-needed", checkoutSessionId: under.payments.payable()[0] });
    expect(under.payments.payable()).toHaveLength(1);
    expect(under.payments.sessions.size).toBe(2);
  });

  test("a session that is paid just as the price changes is a payment under way", async () => {
    await buy();
    under.payments.expireCheckout = async (id) =>
      under.payments.change(id, { status: "complete", paymentStatus: "paid" });
    await expect(under.enroll({ ...paidCourse, unitAmount: 5900 })).resolves.toEqual({
      outcome: "payment-in-progress",
      checkoutSessionId: "cs_test_1",
    });
  });

  test("a session at yesterday's price is expired and replaced by one at today's", async () => {
    await buy();
    const dearer = { ...paidCourse, unitAmount: 5900 };
    await expect(under.enroll(dearer)).resolves.toMatchObject({ checkoutSessionId: "cs_test_2" });
    expect(under.payments.sessions.get("cs_test_1")?.status).toBe("expired");
  });

  test("a student who has the course is told instead of charged", async () => {
    const { stripeSessionId: _none, ...rest } = paidEnrollment();
    await under.stores.createEnrollment({ ...rest, enrollmentType: "bundle" });
    await expect(buy()).resolves.toMatchObject({ outcome: "already-enrolled" });
    expect(under.payments.requests).toEqual([]);
  });
});
