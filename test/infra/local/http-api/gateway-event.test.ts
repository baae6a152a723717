import { describe, expect, test } from "vitest";
import { sendRaw } from "./raw-request.ts";
import { firstEvent, useHttpApi } from "./use-http-api.ts";

const { api, webhook, call, port } = useHttpApi();

const post = (body: string | Uint8Array<ArrayBuffer>) =>
  call("/api/webhooks/stripe", { method: "POST", body });

describe("events", () => {
  test("a request becomes a payload of format 2.0", async () => {
    await sendRaw(port(), {
      path: "/api/courses/caf%C3%A9%201?tag=a&tag=b%20c&empty=",
      headers: {
        host: "localhost:3000",
        "User-Agent": "test-agent",
        "X-Several": ["one", "two"],
        cookie: "a=1; b=2",
      },
    });
    const event = firstEvent(api);
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "GET /api/courses/{courseId}",
      rawPath: "/api/courses/café 1",
      rawQueryString: "tag=a&tag=b%20c&empty=",
      cookies: ["a=1", "b=2"],
      headers: { host: "localhost:3000", "user-agent": "test-agent", "x-several": "one,two" },
      queryStringParameters: { tag: "a,b c", empty: "" },
      pathParameters: { courseId: "café 1" },
      isBase64Encoded: false,
      requestContext: {
        accountId: "000000000000",
        apiId: "local",
        domainName: "localhost",
        http: {
          method: "GET",
          path: "/api/courses/café 1",
          protocol: "HTTP/1.1",
          sourceIp: "127.0.0.1",
          userAgent: "test-agent",
        },
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        routeKey: "GET /api/courses/{courseId}",
        stage: "$default",
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
    });
    expect(event.headers).not.toHaveProperty("cookie");
    expect(event.requestContext).not.toHaveProperty("authorizer");
  });

  test("what a request does not have is absent from its event, not empty", async () => {
    await call("/api/courses");
    const event = firstEvent(api);
    for (const name of ["body", "cookies", "queryStringParameters", "pathParameters"]) {
      expect(event).not.toHaveProperty(name);
    }
  });

  test("the handler's context and the answer carry the event's request id", async () => {
    const answer = await call("/api/courses");
    const { requestId } = firstEvent(api).requestContext;
    expect(api.mock.calls[0]?.[1].awsRequestId).toBe(requestId);
    expect(answer.headers.get("apigw-requestid")).toBe(requestId);
  });

  test.each([
    "application/json",
    "application/json; charset=utf-8",
    "text/plain",
    "application/xml",
    "application/javascript",
  ])("a body of type %s is text", async (type) => {
    const body = '{"name":"Zoë ✓"}';
    await call("/api/webhooks/stripe", { method: "POST", headers: { "content-type": type }, body });
    expect(firstEvent(webhook)).toMatchObject({ body, isBase64Encoded: false });
  });

  test.each([
    "application/octet-stream",
    "application/x-www-form-urlencoded",
    "application/problem+json",
    undefined,
  ])("a body of type %s is base64", async (type) => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const headers = { host: "localhost", ...(type && { "content-type": type }) };
    await sendRaw(port(), { method: "POST", path: "/api/webhooks/stripe", headers }, bytes);
    const event = firstEvent(webhook);
    expect(event.isBase64Encoded).toBe(true);
    expect(Buffer.from(event.body ?? "", "base64")).toEqual(Buffer.from(bytes));
  });

  test("the webhook gets the very bytes that were signed", async () => {
    const bytes = Buffer.from('{\r\n  "id": "evt_1",\t"name": "\u0000Zoë \\u2713 𝄞"  }\n\n');
    const headers = { host: "localhost", "content-type": "application/json; charset=utf-8" };
    await sendRaw(port(), { method: "POST", path: "/api/webhooks/stripe", headers }, bytes);
    expect(Buffer.from(firstEvent(webhook).body ?? "", "utf8")).toEqual(bytes);
  });

  test.each([
    ["a text as large as Lambda takes it", "x".repeat(6_290_000)],
    ["bytes, of which base64 makes a third more", new Uint8Array(4_716_000)],
  ])("%s arrives", async (_what, body) => {
    expect((await post(body)).status).toBe(200);
    expect(webhook).toHaveBeenCalledOnce();
  });

  test.each([
    ["a text that makes the event larger than Lambda takes it", "x".repeat(6_291_000)],
    ["one whose quotes do", '"'.repeat(3_150_000)],
    ["bytes that do in base64", new Uint8Array(4_719_000)],
    ["more than the gateway takes", new Uint8Array(10 * 1024 * 1024 + 1)],
  ])("%s is too large", async (_what, body) => {
    const refused = await post(body);
    expect(refused.status).toBe(413);
    expect(await refused.json()).toEqual({ message: "Request Entity Too Large" });
    expect(webhook).not.toHaveBeenCalled();
  });
});
