import { expect, test } from "vitest";
import { freeCourse, paidCourse } from "#test/support/payment-events.ts";
import { leadsOn } from "#workflow/enroll/leads-on.ts";
import type { Course } from "#workflow/model.ts";
import { useEnroll } from "./use-enroll.ts";

const under = useEnroll();

const other = { ...paidCourse, unitAmount: 5900 };
const free = { ...freeCourse, courseId: paidCourse.courseId };

test.each<[string, Course, boolean]>([
  ["is offered", paidCourse, true],
  ["has another price by now", other, true],
  ["is free by now", free, true],
  ["is retired, at the price that was agreed", { ...paidCourse, status: "retired" }, true],
  ["is retired, at another price", { ...other, status: "retired" }, false],
  ["is retired and free", { ...free, status: "retired" }, false],
])(
  "an open checkout of a course that %s leads on or not, as enrolling says: %s",
  async (_what, course, isOn) => {
    await under.enroll();
    const [purchase] = [...under.stores.purchases.values()];
    expect(purchase && leadsOn(purchase, course)).toBe(isOn);
    const { outcome } = await under.enroll(course);
    expect(outcome !== "not-for-sale").toBe(isOn);
  },
);

test("of a course that is gone nothing leads on", async () => {
  await under.enroll();
  const [purchase] = [...under.stores.purchases.values()];
  expect(purchase && leadsOn(purchase, undefined)).toBe(false);
});
