import { describe, expect, test } from "vitest";
import { paidCourse } from "#test/support/payment-events.ts";
import { courseSchema } from "#workflow/model.ts";

describe("a stored course", () => {
  test("of the time before courses could be retired is published", () => {
    expect(courseSchema.parse({ ...paidCourse, status: undefined })).toEqual({
      ...paidCourse,
      status: "published",
    });
  });

  test.each(["http://example.com/course", "javascript:alert(1)", "soon", 5])(
    "stays for sale when %j is where it is taken, which nobody is shown",
    (accessUrl) => {
      expect(courseSchema.parse({ ...paidCourse, accessUrl })).toEqual(paidCourse);
    },
  );

  test("is not readable with a status that nobody knows, so that it is not sold by mistake", () => {
    expect(courseSchema.safeParse({ ...paidCourse, status: "draft" }).success).toBe(false);
  });
});
