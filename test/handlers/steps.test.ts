import { describe, expect, test } from "vitest";
import { createSteps } from "#handlers/steps.ts";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse, paymentEvent, student } from "#test/support/payment-events.ts";
import { NOON } from "#test/support/purchases.ts";
import type { PaymentProvider } from "#workflow/ports/payments.ts";

const inputOf = (event: object, executionName = "evt_1") => ({ event, executionName });

function steps(faults: Partial<InMemoryStores & PaymentProvider> = {}) {
  const stores = { ...createInMemoryStores({ courses: [paidCourse], students: [student] }), ...faults };
  return createSteps({
    courses: stores,
    students: stores,
    enrollments: stores,
    openCheckouts: stores,
    purchases: stores,
    payments: { expireCheckout: async () => {}, ...faults },
    now: () => new Date(NOON),
  });
}

const failing = (error: unknown) => ({
  findCourse: async () => {
    throw error;
  },
});

describe("what a step throws is what the state machine matches on", () => {
  test("a terminal error keeps its name", async () => {
    await expect(steps().validateSession(inputOf(paymentEvent({ courseId: "GONE" })))).rejects.toMatchObject({
      name: "CourseNotFound",
    });
  });

  test.each([
    ["a throttle", Object.assign(new Error("x"), { name: "ThrottlingException" })],
    ["a refused connection", Object.assign(new Error("x"), { code: "ECONNREFUSED" })],
    ["a time-out", Object.assign(new Error("x"), { name: "TimeoutError" })],
    ["a 500 of AWS", Object.assign(new Error("x"), { $metadata: { httpStatusCode: 500 } })],
  ])("%s becomes a RetryableError", async (_what, error) => {
    await expect(steps(failing(error)).validateSession(inputOf(paymentEvent()))).rejects.toMatchObject({
      name: "RetryableError",
    });
  });

  test("an error that nobody foresaw keeps its own name, so that its retries are bounded", async () => {
    await expect(
      steps(failing(new TypeError("surprise"))).validateSession(inputOf(paymentEvent())),
    ).rejects.toMatchObject({
      name: "TypeError",
    });
  });

  test("an input that is no payment event is terminal and says which fields to look at", async () => {
    await expect(steps().validateSession(inputOf({ eventId: "evt_1" }))).rejects.toMatchObject({
      name: "InvalidPaymentEvent",
      message: expect.stringMatching(/look at: .*\bcheckoutSessionId/) as string,
    });
  });
});

describe("an enrollment that is written", () => {
  const open = {
    userId: student.userId,
    courseId: paidCourse.courseId,
    checkoutSessionId: "cs_test_other",
    attempt: 1,
  };

  test("makes the student's other open checkout unpayable", async () => {
    const expired: string[] = [];
    const { writeEnrollment } = steps({
      findOpenCheckout: async () => open,
      expireCheckout: async (id) => void expired.push(id),
    });
    await writeEnrollment(inputOf(paymentEvent()));
    expect(expired).toEqual(["cs_test_other"]);
  });

  test("stands when Stripe cannot be reached for that", async () => {
    const { writeEnrollment } = steps({
      findOpenCheckout: async () => open,
      expireCheckout: () => Promise.reject(new Error("Stripe is away")),
    });
    await expect(writeEnrollment(inputOf(paymentEvent()))).resolves.toEqual({
      enrolledAt: NOON,
    });
  });
});

const redriven = { ...paymentEvent(), error: { Error: "CourseNotFound" }, deadLetter: { redriveCount: 0 } };

test.each([
  ["the state machine's own additions to the input are no obstacle", inputOf(redriven)],
  ["an execution that began before steps were told its name is understood", redriven],
])("%s", async (_what, input) => {
  const { validateSession, writeEnrollment, linkCustomer, closeCheckout } = steps();
  await expect(validateSession(input)).resolves.toEqual({ isBarred: false });
  await expect(writeEnrollment(input)).resolves.toEqual({ enrolledAt: NOON });
  await expect(linkCustomer(input)).resolves.toBeUndefined();
  await expect(closeCheckout(input)).resolves.toBeUndefined();
});
