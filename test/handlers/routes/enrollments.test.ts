import { describe, expect, test, vi } from "vitest";
import { useApi } from "#test/handlers/use-api.ts";
import { errorAnswerSchema } from "#workflow/contract.ts";

const api = useApi();

const enrollAda = (courseId: string) => api.asAda("POST", "/api/enrollments", JSON.stringify({ courseId }));

describe("enrolling", () => {
  test("a free course is active at once, and 200 the second time", async () => {
    await expect(enrollAda("TEST-COURSE-001")).resolves.toMatchObject({
      status: 201,
      body: { status: "active", enrollment: { courseId: "TEST-COURSE-001", paymentStatus: "free" } },
    });
    await expect(enrollAda("TEST-COURSE-001")).resolves.toMatchObject({
      status: 200,
      body: { status: "active" },
    });
    await expect(api.asAda("GET", "/api/enrollments/check/TEST-COURSE-001")).resolves.toMatchObject({
      body: { enrolled: true, enrollment: { courseId: "TEST-COURSE-001" } },
    });
  });

  test("a paid course is pending with what the client needs to show the form", async () => {
    await expect(enrollAda("TEST-COURSE-003")).resolves.toEqual({
      status: 201,
      body: { status: "pending", clientSecret: "cs_test_1_secret", checkoutSessionId: "cs_test_1" },
    });
    await expect(api.asAda("GET", "/api/enrollments")).resolves.toEqual({
      status: 200,
      body: { enrollments: [] },
    });
    await expect(api.asAda("GET", "/api/enrollments/check/TEST-COURSE-003")).resolves.toEqual({
      status: 200,
      body: { enrolled: false },
    });
  });

  test("a paid course is asked for in the student's language", async () => {
    const openCheckout = vi.spyOn(api.payments, "openCheckout");
    const body = JSON.stringify({ courseId: "TEST-COURSE-003", locale: "de-AT" });
    await expect(api.asAda("POST", "/api/enrollments", body)).resolves.toMatchObject({ status: 201 });
    expect(openCheckout.mock.lastCall?.[0].student).toMatchObject({ userId: "user-ada", locale: "de-AT" });
  });

  test("a payment under way is 409 and names the session to follow", async () => {
    await enrollAda("TEST-COURSE-003");
    api.payments.change("cs_test_1", { status: "complete" });
    await expect(enrollAda("TEST-COURSE-003")).resolves.toMatchObject({
      status: 409,
      body: { error: { code: "payment_in_progress", checkoutSessionId: "cs_test_1" } },
    });
  });

  test("an unknown course is 404", async () => {
    await expect(enrollAda("GONE")).resolves.toMatchObject({
      status: 404,
      body: { error: { code: "course_not_found" } },
    });
  });

  test.each([
    ["no JSON", "{"],
    ["no object", "[]"],
    ["a number as the course", '{"courseId":1}'],
    ["an unknown field", '{"courseId":"TEST-COURSE-001","price":0}'],
    ["a language longer than any", JSON.stringify({ courseId: "TEST-COURSE-001", locale: "d".repeat(65) })],
    ["nothing", "{}"],
  ])("%s is 400 and says what to send", async (_what, body) => {
    const answer = await api.asAda("POST", "/api/enrollments", body);
    expect(answer.status).toBe(400);
    expect(errorAnswerSchema.parse(answer.body).error.code).toBe("invalid_request");
  });
});
