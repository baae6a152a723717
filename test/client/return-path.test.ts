import { expect, test } from "vitest";
import { safeReturnPath } from "#client/return-path.ts";

const ORIGIN = "https://bursar.example";

test.each(["/", "/my-courses", "/checkout/PAID-1", "/checkout/return?session_id=cs_test_1", "/?q=a%20b#top"])(
  "a student comes back to %s",
  (path) => {
    expect(safeReturnPath(path, ORIGIN)).toBe(path);
  },
);

test.each([
  ["another site", "https://evil.example/my-courses"],
  ["another site without its scheme", "//evil.example/my-courses"],
  ["another site behind backslashes", "/\\evil.example/my-courses"],
  ["another site behind a tab", "/\t/evil.example/my-courses"],
  ["another site behind a dot", "/.//evil.example/my-courses"],
  ["a script", "javascript:alert(1)"],
  ["a path that is not from the root", "my-courses"],
  ["the sign-in itself", "/sign-in/callback?code=1"],
  ["nothing", undefined],
  ["something that is not text", ["/my-courses"]],
])("a return path that names %s leads to the catalogue instead", (_what, path) => {
  expect(safeReturnPath(path, ORIGIN)).toBe("/");
});
