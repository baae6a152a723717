import { beforeEach, expect, test, vi } from "vitest";
import { enroll, getCheckoutStatus, getCourse, listCourses, listEnrollments } from "#client/api.ts";
import { keepSession, knownSession } from "#client/session.ts";
import { ada, refuse, serveApi } from "./student-site.tsx";

beforeEach(() => keepSession(ada));

test("an API that cannot be reached is told from one that refuses", async () => {
  serveApi({});
  await expect(listCourses()).rejects.toMatchObject({
    name: "ApiError",
    status: 0,
    code: "unreachable",
  });
});

test("the API's own sentence and request id reach the student", async () => {
  serveApi({ "GET /api/courses/NOPE": () => refuse(404, "course_not_found", "There is no such course.") });
  await expect(getCourse("NOPE")).rejects.toMatchObject({
    status: 404,
    code: "course_not_found",
    message: "There is no such course.",
    requestId: "req_1",
  });
});

test.each([
  ["a gateway's page", new Response("<html>Bad Gateway</html>", { status: 502 })],
  ["a gateway's JSON", Response.json({ message: "Service Unavailable" }, { status: 503 })],
  ["an answer that is no JSON", new Response("<html></html>", { status: 200 })],
])("%s never reaches the student as it is", async (_what, response) => {
  serveApi({ "GET /api/courses": () => response });
  await expect(listCourses()).rejects.toMatchObject({ code: "unavailable", message: "unavailable" });
});

test("a gateway that lets nobody through for a moment says to wait, not that the request was wrong", async () => {
  serveApi({ "GET /api/courses": () => Response.json({ message: "Too Many Requests" }, { status: 429 }) });
  await expect(listCourses()).rejects.toMatchObject({
    status: 429,
    code: "too_many_requests",
  });
});

test("a token that is not accepted ends the session", async () => {
  serveApi({ "GET /api/enrollments": () => new Response("{}", { status: 401 }) });
  await expect(listEnrollments()).rejects.toMatchObject({ status: 401, code: "session_ended" });
  expect(knownSession()).toBeNull();
});

test("nothing is asked in the name of a student while nobody is signed in", async () => {
  keepSession(null);
  const { calls } = serveApi({});
  await expect(listEnrollments()).rejects.toMatchObject({ status: 401, code: "sign_in_required" });
  expect(calls).toEqual([]);
});

test("a payment in progress names the session to follow", async () => {
  serveApi({
    "POST /api/enrollments": () =>
      refuse(409, "payment_in_progress", "You have paid already.", { checkoutSessionId: "cs_1" }),
  });
  await expect(enroll("PAID-1")).rejects.toMatchObject({
    code: "payment_in_progress",
    checkoutSessionId: "cs_1",
  });
});

test("the token goes to the student's requests only", async () => {
  const { request } = serveApi({
    "GET /api/courses": () => ({ courses: [] }),
    "GET /api/enrollments": () => ({ enrollments: [] }),
  });
  await Promise.all([listCourses(), listEnrollments()]);
  const tokens = vi.mocked(request).mock.calls.map(([path, init]) => [path, init?.headers]);
  expect(tokens).toEqual([
    ["/api/courses", {}],
    ["/api/enrollments", { authorization: "Bearer token-of-ada" }],
  ]);
});

test("an id from the address cannot reach another path of the API", async () => {
  const { calls } = serveApi({});
  await getCheckoutStatus("../../students/me?x=").catch(() => undefined);
  expect(calls).toEqual(["GET /api/checkout/session/..%2F..%2Fstudents%2Fme%3Fx%3D"]);
});
