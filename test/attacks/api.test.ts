import { gzipSync } from "node:zlib";
import type { Context } from "aws-lambda";
import * as fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { ZodMiniType } from "zod/mini";
import { createApi } from "#handlers/api.ts";
import { claimsOf, gatewayEvent } from "#test/support/gateway-events.ts";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { freeCourse, paidCourse, student } from "#test/support/payment-events.ts";
import { createProvider } from "#test/support/payment-provider.ts";
import { NOON, openSession, paidEnrollment, paidSession, settledPurchase } from "#test/support/purchases.ts";
import { errorAnswerSchema } from "#workflow/contract.ts";
import type { ExecutionFollowUp } from "#workflow/ports/executions.ts";
import type { PaymentProvider } from "#workflow/ports/payments.ts";
import { type ApiRequest, answerSchemaOf, anyRequest } from "./api-fuzz.ts";

const adasSession = openSession({ checkoutSessionId: "cs_test_ada", clientSecret: "cs_test_ada_secret" });

let stores: InMemoryStores;
const findCheckout = vi.fn<PaymentProvider["findCheckout"]>();
const findReceipt = vi.fn<PaymentProvider["findReceipt"]>();
const ensureExecution = vi.fn<ExecutionFollowUp["ensureExecution"]>();
let api: ReturnType<typeof createApi>;

beforeEach(() => {
  stores = createInMemoryStores({ courses: [paidCourse], students: [student] });
  findCheckout
    .mockReset()
    .mockImplementation(async (id) => (id === adasSession.checkoutSessionId ? adasSession : undefined));
  findReceipt.mockReset().mockResolvedValue("https://pay.stripe.com/receipts/ada");
  ensureExecution.mockReset().mockResolvedValue("running");
  api = createApi({
    courses: stores,
    students: stores,
    enrollments: stores,
    openCheckouts: stores,
    purchases: stores,
    executions: { ensureExecution, findExecutionStatus: async () => "running" },
    payments: { ...createProvider(), openCheckout: async () => adasSession, findCheckout, findReceipt },
    now: () => new Date(NOON),
  });
});

async function send({ userId, ...request }: ApiRequest) {
  const event = gatewayEvent({ ...request, claims: userId === undefined ? undefined : claimsOf(userId) });
  const answer = await api(event, {} as Context);
  return { status: answer.statusCode ?? 0, text: answer.body ?? "" };
}

const codeOf = (text: string) => readAs(errorAnswerSchema, text).error.code;

/** A schema passes over fields that it does not know; an answer must not have any, lest it tell more than it should. */
function readAs<T>(schema: ZodMiniType<T>, text: string): T {
  const answer: unknown = JSON.parse(text);
  const known = schema.parse(answer);
  expect(answer).toEqual(known);
  return known;
}
const asAda = (request: Omit<ApiRequest, "userId">) => send({ ...request, userId: student.userId });
const asEve = (request: Omit<ApiRequest, "userId">) => send({ ...request, userId: "user-eve" });
const enrollAda = (body: string | Uint8Array, headers = {}) =>
  asAda({ method: "POST", path: "/api/enrollments", body, headers });

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
    expect(stores.purchases.size).toBe(0);
    expect(ensureExecution).not.toHaveBeenCalled();
  });

  test("a purchase is not listed, and its receipt is as unknown as one that does not exist", async () => {
    await stores.openPurchase(settledPurchase({ checkoutSessionId: "cs_test_ada" }));
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
      await stores.createEnrollment(paidEnrollment());
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
    stores.courses.set(courseId, { ...paidCourse, accessUrl });
    await stores.createEnrollment(paidEnrollment());
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
    stores.courses.set(course.courseId, { ...course, status: "retired" });
    const answer = await enrollAda(JSON.stringify({ courseId: course.courseId }));
    expect(answer.status).toBe(409);
    expect(codeOf(answer.text)).toBe("course_not_for_sale");
    expect(stores.enrollments.size + stores.openCheckouts.size).toBe(0);
  });
});

describe("parameters that are not what they should be", () => {
  const oddities = [
    "../METADATA",
    "..",
    ".",
    "TEST-COURSE-003/../METADATA",
    "TEST-COURSE-003#METADATA",
    "test-course-003",
    "TEST-COURSE-003\u0000",
    " TEST-COURSE-003",
    "TEST\u2010COURSE\u2010003",
    "[object Object]",
    "__proto__",
    "constructor",
    "null",
    "-1",
    "*",
    "' OR '1'='1",
    "{$gt:}",
    "\ud800",
    "é".repeat(64),
    "x".repeat(5_000),
  ];

  test.each(oddities)("the course %j does not exist", async (courseId) => {
    const encoded = encodeURIComponent(courseId.toWellFormed());
    for (const path of ["/api/courses/", "/api/enrollments/check/"]) {
      const answer = await asAda({ method: "GET", path: path + encoded });
      expect(answer.status).toBe(404);
      expect(codeOf(answer.text)).toMatch(/not_found$/);
    }
    const { status } = await enrollAda(JSON.stringify({ courseId }));
    expect([400, 404]).toContain(status);
    expect(stores.enrollments.size + stores.openCheckouts.size).toBe(0);
  });

  test.each([...oddities, "cs_", "cs_test_ada?expand[]=customer", "cs_test_ada/line_items", "acct_1"])(
    "the checkout session %j is none, and Stripe is not asked for it",
    async (sessionId) => {
      const id = encodeURIComponent(sessionId.toWellFormed());
      for (const path of [`/api/checkout/session/${id}`, `/api/purchases/${id}/receipt`]) {
        const answer = await asAda({ method: "GET", path });
        expect(answer.status).toBe(404);
        expect(codeOf(answer.text)).toMatch(/not_found$/);
      }
      expect(findCheckout).not.toHaveBeenCalled();
      expect(findReceipt).not.toHaveBeenCalled();
    },
  );

  test.each([
    ["an unknown field", '{"courseId":"TEST-COURSE-003","unitAmount":1}'],
    ["another student", '{"courseId":"TEST-COURSE-003","userId":"user-eve"}'],
    ["a prototype", '{"__proto__":{"courseId":"TEST-COURSE-003"}}'],
    ["a prototype beside the course", '{"courseId":"TEST-COURSE-003","__proto__":{"unitAmount":1}}'],
    ["a constructor", '{"courseId":"TEST-COURSE-003","constructor":{"prototype":{"unitAmount":1}}}'],
    ["a list as the course", '{"courseId":["TEST-COURSE-003"]}'],
    ["an object as the course", '{"courseId":{"toString":"TEST-COURSE-003"}}'],
    ["a list as the body", '[{"courseId":"TEST-COURSE-003"}]'],
    ["a text as the body", '"TEST-COURSE-003"'],
    ["nothing as the body", ""],
    ["brackets without end", "[".repeat(30_000)],
    ["what is no UTF-8", Uint8Array.from([0x7b, 0xff, 0xfe, 0x7d])],
  ])("a body with %s is refused", async (_what, body) => {
    const answer = await enrollAda(body);
    expect(answer.status).toBe(400);
    expect(codeOf(answer.text)).toBe("invalid_request");
    expect(stores.openCheckouts.size).toBe(0);
    expect({}).not.toHaveProperty("unitAmount");
  });

  test.each([
    ["a form", { "content-type": "application/x-www-form-urlencoded" }, "courseId=TEST-COURSE-003"],
    ["plain text, as a foreign page could send it", { "content-type": "text/plain" }, undefined],
    ["a strange charset", { "content-type": "application/json; charset=latin1" }, undefined],
    ["a strange encoding", { "content-encoding": "x-secret" }, undefined],
    ["gzip that is none", { "content-encoding": "gzip" }, undefined],
  ])("a body sent as %s is refused", async (_what, headers, body) => {
    const answer = await enrollAda(body ?? '{"courseId":"TEST-COURSE-003"}', headers);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(codeOf(answer.text)).toBe("invalid_request");
    expect(stores.openCheckouts.size).toBe(0);
  });

  test("a body that unpacks to 100 MB is refused before it has", async () => {
    const answer = await enrollAda(gzipSync(Buffer.alloc(100_000_000, " ")), { "content-encoding": "gzip" });
    expect(answer.status).toBe(413);
    expect(codeOf(answer.text)).toBe("body_too_large");
  });

  test("a method cannot be smuggled past the gateway", async () => {
    const headers = { "x-http-method-override": "POST", "x-method-override": "POST" };
    const path = "/api/enrollments";
    const body = '{"courseId":"TEST-COURSE-003"}';
    expect((await asAda({ method: "GET", path, headers, body, query: "_method=POST" })).status).toBe(200);
    expect((await asAda({ method: "DELETE", path, body })).status).toBe(404);
    expect(stores.openCheckouts.size).toBe(0);
  });
});

test("of 2,000 requests made after the contract none is our fault, and every answer has the contract's shape", async () => {
  const property = fc.asyncProperty(anyRequest, async (request) => {
    const { status, text } = await send(request);
    expect(status).toBeLessThan(500);
    const schema = status < 400 ? answerSchemaOf(request) : errorAnswerSchema;
    if (request.method === "HEAD") expect(text).toBe("");
    else if (schema) readAs(schema, text);
  });
  await fc.assert(property, { numRuns: 2_000 });
});
