import { Logger } from "@aws-lambda-powertools/logger";
import { afterEach, beforeEach, expect, type MockInstance, test, vi } from "vitest";
import { useApi } from "#test/handlers/use-api.ts";
import { student } from "#test/support/payment-events.ts";
import { errorAnswerSchema } from "#workflow/contract.ts";
import { CheckoutRefused } from "#workflow/ports/payments.ts";

const api = useApi();

let logged: MockInstance[];

beforeEach(() => {
  logged = (["info", "warn", "error"] as const).map((level) => vi.spyOn(Logger.prototype, level));
});

afterEach(() => {
  vi.restoreAllMocks();
});

const enroll = () => api.asAda("POST", "/api/enrollments", JSON.stringify({ courseId: "TEST-COURSE-003" }));
const logs = () => JSON.stringify(logged.flatMap(({ mock }) => mock.calls as unknown[]));

test.each([
  ["is archived", "price_inactive", "line_items[0][price]"],
  ["is missing", "resource_missing", "line_items[0][price]"],
])(
  "a price that %s is not for sale, and the log says why under the request's id",
  async (_what, code, param) => {
    api.payments.refuse = () => new CheckoutRefused("course", code, param);
    const { status, body } = await enroll();
    const { error } = errorAnswerSchema.parse(body);
    expect([status, error.code]).toEqual([409, "course_not_for_sale"]);
    expect(vi.mocked(Logger.prototype.error).mock.calls).toEqual([
      ["checkout refused", { courseId: "TEST-COURSE-003", code, param, requestId: error.requestId }],
    ]);
    expect(logs()).not.toContain(student.email);
  },
);

test("an e-mail address that Stripe refuses locks nobody out, and stands in no log", async () => {
  api.payments.refuse = (request) =>
    request.student.email ? new CheckoutRefused("email", "email_invalid", "customer_email") : undefined;
  await expect(enroll()).resolves.toMatchObject({ status: 201, body: { status: "pending" } });
  expect(api.payments.requests.map((request) => request.student.email)).toEqual([student.email, ""]);
  expect(logs()).not.toContain(student.email);
});
