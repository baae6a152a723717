import { describe, expect, test } from "vitest";
import { useApi } from "#test/handlers/use-api.ts";
import { errorAnswerSchema } from "#workflow/contract.ts";

const api = useApi();

describe("the catalogue", () => {
  test("is open to anyone", async () => {
    await expect(api.request("GET", "/api/courses")).resolves.toMatchObject({
      status: 200,
      body: { courses: [{ courseId: "TEST-COURSE-003" }, { courseId: "TEST-COURSE-001" }] },
    });
    await expect(api.request("GET", "/api/courses/TEST-COURSE-003")).resolves.toMatchObject({
      status: 200,
      body: { course: { unitAmount: 4900, currency: "usd" } },
    });
  });

  test.each(["/api/courses/GONE", "/api/courses/%00", `/api/courses/${"x".repeat(300)}`])(
    "answers 404 in the contract's shape for %s",
    async (path) => {
      const { status, body } = await api.request("GET", path);
      expect(status).toBe(404);
      expect(errorAnswerSchema.parse(body).error).toMatchObject({
        code: "course_not_found",
        requestId: "request-1",
      });
    },
  );
});
