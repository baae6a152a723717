import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { errorAnswerSchema } from "#workflow/contract.ts";
import { answerSchemaOf, anyRequest, SILENT } from "./api-fuzz.ts";
import { codeOf, readAs, useAttackedApi } from "./use-attacked-api.ts";

const attacked = useAttackedApi();
const { send, asAda, enrollAda, findCheckout, findReceipt } = attacked;

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
    expect(attacked.stores.enrollments.size + attacked.stores.openCheckouts.size).toBe(0);
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
    expect(attacked.stores.openCheckouts.size).toBe(0);
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
    expect(attacked.stores.openCheckouts.size).toBe(0);
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
    expect(attacked.stores.openCheckouts.size).toBe(0);
  });
});

test("of 2,000 requests made after the contract none is our fault, and every answer has the contract's shape", async () => {
  const property = fc.asyncProperty(anyRequest, async (request) => {
    const { status, text } = await send(request);
    expect(status).toBeLessThan(500);
    const schema = status < 400 ? answerSchemaOf(request) : errorAnswerSchema;
    if (status === 204) expect(request).toMatchObject({ method: "POST", path: SILENT });
    if (request.method === "HEAD" || status === 204) expect(text).toBe("");
    else if (schema) readAs(schema, text);
  });
  await fc.assert(property, { numRuns: 2_000 });
});
