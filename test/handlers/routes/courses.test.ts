import { describe, expect, test } from "vitest";
import { useApi } from "#test/handlers/use-api.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { errorAnswerSchema } from "#workflow/contract.ts";
import type { PaidCourse } from "#workflow/model.ts";

const api = useApi();

describe("the catalogue", () => {
  test("is open to anyone", async () => {
    await expect(api.request("GET", "/api/courses")).resolves.toMatchObject({
      status: 200,
      body: { courses: [{ courseId: "TEST-COURSE-001" }, { courseId: "TEST-COURSE-003" }] },
    });
    await expect(api.request("GET", "/api/courses/TEST-COURSE-003")).resolves.toMatchObject({
      status: 200,
      body: { course: { unitAmount: 4900, currency: "usd" } },
    });
  });

  test("lists summaries and has everything at the course's own address, but not where it is taken", async () => {
    const course: PaidCourse = {
      ...paidCourse,
      learningObjectives: ["Repeat any step"],
      curriculum: [{ title: "Twice", lessons: ["Never"] }],
      accessUrl: "https://example.com/secret",
    };
    api.stores.courses.set(course.courseId, course);
    const { learningObjectives, curriculum, accessUrl, ...summary } = course;
    const list = await api.request("GET", "/api/courses");
    expect(list.body["courses"]).toContainEqual(summary);
    await expect(api.request("GET", `/api/courses/${course.courseId}`)).resolves.toEqual({
      status: 200,
      body: { course: { ...summary, learningObjectives, curriculum } },
    });
    expect(JSON.stringify(list)).not.toContain(accessUrl);
  });

  test("is searched by words and by price", async () => {
    const found = async (query: string) => (await api.request("GET", "/api/courses", { query })).body;
    await expect(found("q=nothing%20such")).resolves.toEqual({ courses: [], total: 0 });
    await expect(found("price=paid")).resolves.toMatchObject({
      courses: [{ courseId: "TEST-COURSE-003" }],
      total: 1,
    });
    // Nothing to search for: all of it.
    await expect(found("q=%20&before=TEST-COURSE-003")).resolves.toMatchObject({
      courses: [{ courseId: "TEST-COURSE-001" }],
      next: "TEST-COURSE-001",
    });
  });

  test.each([
    "after=",
    "after=%00",
    "after=a&after=b",
    `after=${"x".repeat(65)}`,
    "after=a&before=b",
    "q=a&q=b",
    `q=${"x".repeat(201)}`,
    "price=cheap",
  ])("answers 400 for the page ?%s", async (query) => {
    const { status, body } = await api.request("GET", "/api/courses", { query });
    expect(status).toBe(400);
    expect(errorAnswerSchema.parse(body).error.code).toBe("invalid_request");
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
