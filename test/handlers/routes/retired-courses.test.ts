import { beforeEach, describe, expect, test } from "vitest";
import { useApi } from "#test/handlers/use-api.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { openSession } from "#test/support/purchases.ts";
import type { Enrollment } from "#workflow/model.ts";

const api = useApi();

const enrollAda = (courseId: string) => api.asAda("POST", "/api/enrollments", JSON.stringify({ courseId }));

/** As it was before the course was retired. */
const publish = (courseId: string, status: "published" | "retired") => {
  const course = api.stores.courses.get(courseId);
  if (course) api.stores.courses.set(courseId, { ...course, status });
};

const enrollment: Enrollment = {
  userId: "user-ada",
  courseId: paidCourse.courseId,
  enrollmentType: "paid",
  enrolledAt: "2026-11-01T00:00:00.000Z",
  paymentStatus: "completed",
  progress: 40,
  completed: false,
};

beforeEach(() => {
  publish("TEST-COURSE-001", "retired");
  publish("TEST-COURSE-003", "retired");
});

describe("a retired course", () => {
  test("is not in the catalogue, and says at its own address that it is retired", async () => {
    await expect(api.request("GET", "/api/courses")).resolves.toEqual({ status: 200, body: { courses: [] } });
    await expect(api.request("GET", "/api/courses/TEST-COURSE-003")).resolves.toMatchObject({
      status: 200,
      body: { course: { status: "retired", name: paidCourse.name } },
    });
  });

  test.each(["TEST-COURSE-001", "TEST-COURSE-003"])("is not for sale: %s", async (courseId) => {
    await expect(enrollAda(courseId)).resolves.toMatchObject({
      status: 409,
      body: { error: { code: "course_not_for_sale" } },
    });
    expect(api.stores.enrollments.size + api.stores.openCheckouts.size).toBe(0);
  });

  test("lets whoever has opened a form finish it, at the price that was agreed", async () => {
    publish("TEST-COURSE-003", "published");
    const opened = await enrollAda("TEST-COURSE-003");
    publish("TEST-COURSE-003", "retired");
    await expect(enrollAda("TEST-COURSE-003")).resolves.toEqual(opened);
    expect(opened).toMatchObject({ status: 201, body: { checkoutSessionId: "cs_test_1" } });
  });

  test("is not sold at a price that it had before, nor once the form has expired", async () => {
    publish("TEST-COURSE-003", "published");
    await enrollAda("TEST-COURSE-003");
    api.stores.courses.set("TEST-COURSE-003", { ...paidCourse, status: "retired", unitAmount: 5900 });
    const notForSale = { status: 409, body: { error: { code: "course_not_for_sale" } } };
    await expect(enrollAda("TEST-COURSE-003")).resolves.toMatchObject(notForSale);
    publish("TEST-COURSE-003", "retired");
    await expect(enrollAda("TEST-COURSE-003")).resolves.toMatchObject(notForSale);
  });

  test("does not deny a payment that is under way", async () => {
    publish("TEST-COURSE-003", "published");
    await enrollAda("TEST-COURSE-003");
    publish("TEST-COURSE-003", "retired");
    api.payments.findCheckout = async () => ({ ...openSession(), status: "complete" });
    await expect(enrollAda("TEST-COURSE-003")).resolves.toMatchObject({
      status: 409,
      body: { error: { code: "payment_in_progress", checkoutSessionId: "cs_test_1" } },
    });
  });

  test("stays the course of those who are enrolled", async () => {
    await api.stores.createEnrollment(enrollment);
    await expect(enrollAda(paidCourse.courseId)).resolves.toEqual({
      status: 200,
      body: { status: "active", enrollment },
    });
    await expect(api.asAda("GET", "/api/enrollments")).resolves.toEqual({
      status: 200,
      body: {
        enrollments: [{ ...enrollment, courseName: paidCourse.name, instructor: paidCourse.instructor }],
      },
    });
  });
});

describe("where a course is taken", () => {
  const accessUrl = "https://example.com/courses/reliable-payments";

  beforeEach(() => {
    api.stores.courses.set(paidCourse.courseId, { ...paidCourse, accessUrl });
  });

  test("is told to those who are enrolled", async () => {
    await api.stores.createEnrollment(enrollment);
    await expect(api.asAda("GET", "/api/enrollments")).resolves.toMatchObject({
      body: { enrollments: [{ ...enrollment, accessUrl }] },
    });
    await expect(api.asAda("GET", "/api/enrollments/check/TEST-COURSE-003")).resolves.toEqual({
      status: 200,
      body: { enrolled: true, enrollment, accessUrl },
    });
  });

  test("is told to nobody else", async () => {
    const answers = [
      await api.request("GET", "/api/courses"),
      await api.request("GET", "/api/courses/TEST-COURSE-003"),
      await api.asAda("GET", "/api/courses/TEST-COURSE-003"),
      await api.asAda("GET", "/api/enrollments"),
      await api.asAda("GET", "/api/enrollments/check/TEST-COURSE-003"),
      await enrollAda("TEST-COURSE-003"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 201]);
    expect(JSON.stringify(answers)).not.toContain(accessUrl);
  });
});

test("an enrollment whose course is gone is still listed", async () => {
  await api.stores.createEnrollment(enrollment);
  api.stores.courses.clear();
  await expect(api.asAda("GET", "/api/enrollments")).resolves.toEqual({
    status: 200,
    body: { enrollments: [enrollment] },
  });
});
