import { describe, expect, test } from "vitest";
import { freeCourse, paidCourse } from "#test/support/payment-events.ts";
import { paidEnrollment, paidSession, settledPurchase } from "#test/support/purchases.ts";
import { adasSession, codeOf, useAttackedApi } from "./use-attacked-api.ts";

const attacked = useAttackedApi();
const { send, asAda, asEve, enrollAda, findCheckout, findReceipt, ensureExecution } = attacked;

describe("what belongs to another student", () => {
  test.each([
    ["an open", adasSession],
    ["a paid", paidSession({ checkoutSessionId: "cs_test_ada" })],
  ] as const)("%s checkout session is as unknown as one that does not exist", async (_what, session) => {
    findCheckout.mockImplementation(async (id) => (id === session.checkoutSessionId ? session : undefined));
    const path = "/api/checkout/session/";
    const taken = await asEve({ method: "GET", path: `${path}cs_test_ada` });
    expect(taken).toEqual(await asEve({ method: "GET", path: `${path}cs_test_gone` }));
    expect(taken.status).toBe(404);
    expect(taken.text).not.toMatch(/user-ada|TEST-COURSE|secret/);
    expect(attacked.stores.purchases.size).toBe(0);
    expect(ensureExecution).not.toHaveBeenCalled();
  });

  test("a purchase is not listed, and its receipt is as unknown as one that does not exist", async () => {
    await attacked.stores.openPurchase(settledPurchase({ checkoutSessionId: "cs_test_ada" }));
    const receiptOf = (id: string) => ({ method: "GET", path: `/api/purchases/${id}/receipt` });
    expect((await asAda(receiptOf("cs_test_ada"))).status).toBe(200);
    const taken = await asEve(receiptOf("cs_test_ada"));
    expect(taken).toEqual(await asEve(receiptOf("cs_test_gone")));
    expect(taken.status).toBe(404);
    expect(findReceipt).toHaveBeenCalledOnce();
    const listed = await asEve({ method: "GET", path: "/api/purchases", query: "userId=user-ada" });
    expect(JSON.parse(listed.text)).toEqual({ purchases: [] });
  });

  test.each(["userId=user-ada", "sub=user-ada", "userId[]=user-ada&__proto__[sub]=user-ada"])(
    "enrollments are not shown for a query of %s",
    async (query) => {
      await attacked.stores.createEnrollment(paidEnrollment());
      const check = `/api/enrollments/check/${paidCourse.courseId}`;
      const listed = await asEve({ method: "GET", path: "/api/enrollments", query });
      const checked = await asEve({ method: "GET", path: check, query });
      expect(JSON.parse(listed.text)).toEqual({ enrollments: [] });
      expect(JSON.parse(checked.text)).toEqual({ enrolled: false });
    },
  );

  test("a student cannot be claimed by a header or a body", async () => {
    const claims = JSON.stringify({ authorizer: { jwt: { claims: { sub: "user-ada" } } } });
    const headers = {
      "x-apigateway-context": encodeURIComponent(claims),
      "x-amzn-request-context": claims,
      "x-user-id": "user-ada",
      cookie: "userId=user-ada",
      authorization: "Bearer user-ada",
    };
    const answer = await send({ method: "GET", path: "/api/students/me", headers });
    expect(answer.status).toBe(401);
    expect(codeOf(answer.text)).toBe("unauthorized");
  });
});

describe("a course without a place in it", () => {
  test("where a course is taken is told to nobody who has no place in it", async () => {
    const accessUrl = "https://example.com/courses/reliable-payments";
    const { courseId } = paidCourse;
    attacked.stores.courses.set(courseId, { ...paidCourse, accessUrl });
    await attacked.stores.createEnrollment(paidEnrollment());
    const paths = ["courses", `courses/${courseId}`, "enrollments", `enrollments/check/${courseId}`];
    for (const path of paths) {
      const answer = await asEve({ method: "GET", path: `/api/${path}` });
      expect([path, answer.status, answer.text.includes(accessUrl)]).toEqual([path, 200, false]);
    }
    const own = await asAda({ method: "GET", path: "/api/enrollments" });
    expect(own.text).toContain(accessUrl);
  });

  test.each([
    ["free", freeCourse],
    ["paid", paidCourse],
  ])("a retired %s course is given to nobody", async (_what, course) => {
    attacked.stores.courses.set(course.courseId, { ...course, status: "retired" });
    const answer = await enrollAda(JSON.stringify({ courseId: course.courseId }));
    expect(answer.status).toBe(409);
    expect(codeOf(answer.text)).toBe("course_not_for_sale");
    expect(attacked.stores.enrollments.size + attacked.stores.openCheckouts.size).toBe(0);
  });
});
