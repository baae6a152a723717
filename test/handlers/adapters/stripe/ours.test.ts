import { expect, test } from "vitest";
import { isOurs } from "#handlers/adapters/stripe/ours.ts";

const ids = { userId: "user-ada", courseId: "TEST-COURSE-003" };

test.each<[string, Record<string, string> | null | undefined, boolean]>([
  ["nothing at all", undefined, false],
  ["no metadata", null, false],
  ["metadata of another product", { orderId: "42" }, false],
  ["our name", { deployment: "bursar" }, true],
  ["our name and ids", { deployment: "bursar", ...ids }, true],
  ["our name and broken ids", { deployment: "bursar", userId: "" }, true],
  ["another deployment's name", { deployment: "bursar-staging", ...ids }, false],
  ["a name that ours begins with", { deployment: "bur", ...ids }, false],
  ["our name in capitals", { deployment: "BURSAR", ...ids }, false],
  ["no name, and a student and a course", ids, true],
  ["an empty name, and a student and a course", { deployment: "", ...ids }, true],
  ["a student only", { userId: "user-ada" }, false],
  ["a course only", { courseId: "TEST-COURSE-003" }, false],
  ["a student and an empty course", { userId: "user-ada", courseId: "" }, false],
])("a sale with %s is ours: %s", (_what, metadata, isOwn) => {
  expect(isOurs(metadata, "bursar")).toBe(isOwn);
});
