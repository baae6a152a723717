import { Logger } from "@aws-lambda-powertools/logger";
import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from "vitest";
import { useApi } from "#test/handlers/use-api.ts";
import { useMetrics } from "#test/handlers/use-metrics.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import { CheckoutRefused } from "#workflow/ports/payments.ts";

const api = useApi();
const counted = useMetrics();
let said: MockInstance<Logger["error"]>;

beforeEach(() => {
  said = vi.spyOn(Logger.prototype, "error");
});
afterEach(() => {
  said.mockRestore();
});

const enroll = () => api.asAda("POST", "/api/enrollments", JSON.stringify({ courseId: paidCourse.courseId }));
const refuse = (reason: CheckoutRefused["reason"], code: string, param: string) => {
  api.payments.refuse = () => new CheckoutRefused(reason, code, param);
};

describe("a course that cannot be sold", () => {
  test.each<[string, () => unknown, object]>([
    [
      "Stripe refuses its price",
      () => refuse("course", "price_inactive", "line_items[0][price]"),
      { code: "price_inactive", param: "line_items[0][price]" },
    ],
    [
      "Stripe asks another price for it",
      () => {
        api.payments.price = { unitAmount: 5900, currency: "usd" };
      },
      { code: "price_differs", param: "5900 usd" },
    ],
  ])("since %s is 409, and whoever sells it is told, once", async (_what, happens, why) => {
    happens();
    await expect(enroll()).resolves.toMatchObject({
      status: 409,
      body: { error: { code: "course_not_for_sale", requestId: "request-1" } },
    });
    expect(said.mock.calls).toEqual([
      ["checkout refused", { courseId: paidCourse.courseId, requestId: "request-1", ...why }],
    ]);
    expect(counted()).toEqual(["CheckoutRefused"]);
  });

  test("is nobody's alarm when it is retired", async () => {
    api.stores.courses.set(paidCourse.courseId, { ...paidCourse, status: "retired" });
    await expect(enroll()).resolves.toMatchObject({ status: 409 });
    expect(counted()).toEqual([]);
    expect(said).not.toHaveBeenCalled();
  });
});

test("a student whose address Stripe refuses buys all the same", async () => {
  api.payments.refuse = (request) =>
    request.student.email ? new CheckoutRefused("email", "email_invalid", "customer_email") : undefined;
  await expect(enroll()).resolves.toMatchObject({ status: 201 });
  expect(counted()).toEqual([]);
});

describe("a request that fails", () => {
  test("is logged with the id that the student sees, and without the student's address", async () => {
    api.payments.openCheckout = () => Promise.reject(new Error("Stripe is away"));
    const { status, body } = await enroll();
    expect(status).toBe(500);
    expect(body).toMatchObject({ error: { code: "internal_error", requestId: "request-1" } });
    expect(said.mock.calls).toMatchObject([
      ["request failed", { requestId: "request-1", errorMessage: "Stripe is away" }],
    ]);
    expect(JSON.stringify(said.mock.calls)).not.toContain(student.email);
  });

  test("for an address that no attempt is without does not log it either", async () => {
    refuse("email", "email_invalid", "customer_email");
    await expect(enroll()).resolves.toMatchObject({ status: 500 });
    expect(JSON.stringify(said.mock.calls)).toContain("email_invalid");
    expect(JSON.stringify(said.mock.calls)).not.toContain(student.email);
  });
});

test("a purchase follows the sign-in: the checkout is opened for the address that the token has now", async () => {
  await enroll();
  const claims = { sub: "user-ada", email: "king@example.com", name: "Ada King", token_use: "access" };
  const body = JSON.stringify({ courseId: paidCourse.courseId });
  api.payments.change("cs_test_1", { status: "expired" });
  await api.request("POST", "/api/enrollments", { claims, body });
  expect(api.payments.requests.map((request) => request.student.email)).toEqual([
    student.email,
    "king@example.com",
  ]);
});
