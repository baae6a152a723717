import { describe, expect, test } from "vitest";
import { createSteps } from "#handlers/steps.ts";
import { createInMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse, paymentEvent, student } from "#test/support/payment-events.ts";
import type { PaymentProvider } from "#workflow/ports/payments.ts";
import type { CourseStore, EnrollmentStore, OpenCheckoutStore } from "#workflow/ports/stores.ts";

function steps(faults: Partial<CourseStore & EnrollmentStore & OpenCheckoutStore & PaymentProvider> = {}) {
  const stores = { ...createInMemoryStores({ courses: [paidCourse], students: [student] }), ...faults };
  return createSteps({
    stores,
    enrollments: stores,
    openCheckouts: stores,
    payments: { expireCheckout: async () => {}, ...faults },
    now: () => new Date("2026-11-23T12:00:00.000Z"),
  });
}

const failing = (error: unknown) => ({
  findCourse: async () => {
    throw error;
  },
});

describe("what a step throws is what the state machine matches on", () => {
  test("a terminal error keeps its name", async () => {
    await expect(steps().validateSession(paymentEvent({ courseId: "GONE" }))).rejects.toMatchObject({
      name: "CourseNotFound",
    });
  });

  test.each([
    ["a throttle", Object.assign(new Error("x"), { name: "ThrottlingException" })],
    ["a refused connection", Object.assign(new Error("x"), { code: "ECONNREFUSED" })],
    ["a time-out", Object.assign(new Error("x"), { name: "TimeoutError" })],
    ["a 500 of AWS", Object.assign(new Error("x"), { $metadata: { httpStatusCode: 500 } })],
  ])("%s becomes a RetryableError", async (_what, error) => {
    await expect(steps(failing(error)).validateSession(paymentEvent())).rejects.toMatchObject({
      name: "RetryableError",
    });
  });

  test("an error that nobody foresaw keeps its own name, so that its retries are bounded", async () => {
    await expect(
      steps(failing(new TypeError("surprise"))).validateSession(paymentEvent()),
    ).rejects.toMatchObject({
      name: "TypeError",
    });
  });

  test("an input that is no payment event is terminal and says which fields to look at", async () => {
    await expect(steps().validateSession({ eventId: "evt_1" })).rejects.toMatchObject({
      name: "InvalidPaymentEvent",
      message: expect.stringContaining("checkoutSessionId") as string,
    });
  });
});

describe("an enrollment that is written", () => {
  const open = {
    userId: student.userId,
    courseId: paidCourse.courseId,
    checkoutSessionId: "cs_test_other",
    expiresAt: "2026-11-24T12:00:00.000Z",
  };

  test("makes the student's other open checkout unpayable", async () => {
    const expired: string[] = [];
    const { writeEnrollment } = steps({
      findOpenCheckout: async () => open,
      expireCheckout: async (id) => void expired.push(id),
    });
    await writeEnrollment(paymentEvent());
    expect(expired).toEqual(["cs_test_other"]);
  });

  test("stands when Stripe cannot be reached for that", async () => {
    const { writeEnrollment } = steps({
      findOpenCheckout: async () => open,
      expireCheckout: () => Promise.reject(new Error("Stripe is away")),
    });
    await expect(writeEnrollment(paymentEvent())).resolves.toEqual({
      enrolledAt: "2026-11-23T12:00:00.000Z",
    });
  });
});

test("the state machine's own additions to the input are no obstacle", async () => {
  const redriven = { ...paymentEvent(), error: { Error: "CourseNotFound" }, deadLetter: { redriveCount: 0 } };
  const { validateSession, writeEnrollment, linkCustomer, closeCheckout } = steps();
  await validateSession(redriven);
  await expect(writeEnrollment(redriven)).resolves.toEqual({ enrolledAt: "2026-11-23T12:00:00.000Z" });
  await expect(linkCustomer(redriven)).resolves.toBeUndefined();
  await expect(closeCheckout(redriven)).resolves.toBeUndefined();
});
