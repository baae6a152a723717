import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer, Context } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { type HttpApi, startHttpApi } from "#infra/local/http-api/start-http-api.ts";
import { ROUTES } from "#workflow/contract.ts";
import { sendRaw } from "./raw-request.ts";
import { AUDIENCE, ISSUER, newKey, now, startTokenSource } from "./tokens.ts";

const client = {
  directory: "/nowhere",
  config: {
    oidcIssuer: ISSUER,
    oidcClientId: AUDIENCE,
    oidcScope: "openid",
    stripePublishableKey: "pk_test_1",
  },
  headScripts: [],
};

const api = vi.fn<(event: APIGatewayProxyEventV2, context: Context) => Promise<never>>();
const webhook = vi.fn<(event: APIGatewayProxyEventV2, context: Context) => Promise<never>>();
let tokens: Awaited<ReturnType<typeof startTokenSource>>;
let httpApi: HttpApi;

beforeAll(async () => {
  tokens = await startTokenSource();
  const jwt = { issuer: ISSUER, audience: AUDIENCE, jwksUrl: tokens.jwksUrl };
  httpApi = await startHttpApi({ port: 0, routes: ROUTES, handlers: { api, webhook }, jwt, client });
});

afterAll(async () => {
  await httpApi.close();
  await tokens.close();
});

beforeEach(() => {
  api.mockReset();
  webhook.mockReset();
  giveResult({ statusCode: 200, body: "" });
});

function giveResult(result: unknown) {
  api.mockResolvedValue(result as never);
  webhook.mockResolvedValue(result as never);
}

const call = (path: string, init?: RequestInit) => fetch(`${httpApi.url}${path}`, init);
const callAsStudent = (token: string) =>
  call("/api/enrollments", { headers: { authorization: `Bearer ${token}` } });
const postBytes = (size: number) =>
  call("/api/webhooks/stripe", { method: "POST", body: new Uint8Array(size) });
const firstEvent = (handler: typeof api) => {
  const event = handler.mock.calls[0]?.[0];
  if (!event) throw new Error("the handler was not called");
  return event;
};

describe("routes", () => {
  test.each([
    ["an unknown path", "GET", "/api/nothing"],
    ["a known path with another method", "DELETE", "/api/courses"],
    ["a path that only begins like a route", "GET", "/api/courses/a/b"],
    ["an empty parameter", "GET", "/api/courses/"],
    ["/api itself", "GET", "/api"],
  ])("%s is not found", async (_what, method, path) => {
    const answer = await call(path, { method });
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(await answer.json()).toEqual({ message: "Not Found" });
    expect(api).not.toHaveBeenCalled();
  });

  test("only Stripe's route goes to the webhook's handler", async () => {
    await call("/api/webhooks/stripe", { method: "POST", body: "{}" });
    expect(webhook).toHaveBeenCalledOnce();
    expect(api).not.toHaveBeenCalled();
    expect(webhook.mock.calls[0]?.[1].functionName).toBe("bursar-webhook");
  });

  test("a path that cannot be decoded is a bad request", async () => {
    const answer = await call("/api/courses/%E0%A4%A");
    expect(answer.status).toBe(400);
  });

  test("a request for another host is refused before anything else", async () => {
    const answer = await sendRaw(httpApi.port, {
      path: "/api/courses",
      headers: { host: "rebound.example:3000" },
    });
    expect(answer.status).toBe(421);
    expect(api).not.toHaveBeenCalled();
  });

  test.each(["localhost:3000", "127.0.0.1", "[::1]:80", "LOCALHOST"])("the host %s is ours", async (host) => {
    const answer = await sendRaw(httpApi.port, { path: "/api/courses", headers: { host } });
    expect(answer.status).toBe(200);
  });

  test.each(["localhost.example", "127.0.0.1.example", "localhost:3000@evil.example"])(
    "the host %s is not ours",
    async (host) => {
      const answer = await sendRaw(httpApi.port, { path: "/api/courses", headers: { host } });
      expect(answer.status).toBe(421);
    },
  );
});

describe("events", () => {
  test("a request becomes a payload of format 2.0", async () => {
    await sendRaw(httpApi.port, {
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
    await sendRaw(httpApi.port, { method: "POST", path: "/api/webhooks/stripe", headers }, bytes);
    const event = firstEvent(webhook);
    expect(event.isBase64Encoded).toBe(true);
    expect(Buffer.from(event.body ?? "", "base64")).toEqual(Buffer.from(bytes));
  });

  test("the webhook gets the very bytes that were signed", async () => {
    const bytes = Buffer.from('{\r\n  "id": "evt_1",\t"name": "\u0000Zoë \\u2713 𝄞"  }\n\n');
    const headers = { host: "localhost", "content-type": "application/json; charset=utf-8" };
    await sendRaw(httpApi.port, { method: "POST", path: "/api/webhooks/stripe", headers }, bytes);
    expect(Buffer.from(firstEvent(webhook).body ?? "", "utf8")).toEqual(bytes);
  });

  test("a body of 10 MB arrives and one byte more is too large", async () => {
    expect((await postBytes(10 * 1024 * 1024)).status).toBe(200);
    const refused = await postBytes(10 * 1024 * 1024 + 1);
    expect(refused.status).toBe(413);
    expect(await refused.json()).toEqual({ message: "Request Entity Too Large" });
    expect(webhook).toHaveBeenCalledOnce();
  });
});

describe("access", () => {
  test("a student's claims reach the handler as text", async () => {
    const answer = await callAsStudent(tokens.makeToken({ groups: ["a", "b"] }));
    expect(answer.status).toBe(200);
    const event = firstEvent(api) as APIGatewayProxyEventV2WithJWTAuthorizer;
    expect(event.requestContext.authorizer.jwt).toEqual({
      claims: {
        iss: ISSUER,
        sub: "student-ada",
        aud: AUDIENCE,
        client_id: AUDIENCE,
        token_use: "access",
        scope: "openid email profile",
        email: "ada@example.com",
        email_verified: "true",
        iat: expect.stringMatching(/^\d+$/),
        exp: expect.stringMatching(/^\d+$/),
        groups: "[a b]",
      },
      scopes: ["openid"],
    });
  });

  test("a token without aud counts by its client_id", async () => {
    expect((await callAsStudent(tokens.makeToken({ aud: undefined }))).status).toBe(200);
  });

  test.each([
    ["no token", () => ""],
    ["not a token", () => "Bearer nonsense"],
    ["an expired token", () => tokens.makeToken({ exp: now() - 1 })],
    ["a token that never expires", () => tokens.makeToken({ exp: undefined })],
    ["a token for later", () => tokens.makeToken({ nbf: now() + 600 })],
    ["another issuer's token", () => tokens.makeToken({ iss: "https://stranger.example" })],
    ["another client's token", () => tokens.makeToken({ aud: "another-client" })],
    ["another client's token without aud", () => tokens.makeToken({ aud: undefined, client_id: "another" })],
    ["an unsigned token", () => tokens.makeUnsignedToken()],
    ["a token signed by a foreign key", () => tokens.makeToken({}, newKey().privateKey)],
    ["a token signed with another algorithm", () => tokens.makeToken({}, undefined, 512)],
    [
      "a token with changed claims",
      () => {
        const [, mallory] = tokens.makeToken({ sub: "student-mallory" }).split(".");
        return tokens.makeToken().replace(/\.[^.]+\./, `.${mallory}.`);
      },
    ],
  ])("%s is unauthorized", async (_what, makeToken) => {
    const answer = await call("/api/enrollments", { headers: { authorization: makeToken() } });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ message: "Unauthorized" });
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(api).not.toHaveBeenCalled();
  });

  test.each([
    ["an id token", () => tokens.makeToken({ scope: undefined, token_use: "id" })],
    ["a token of another scope", () => tokens.makeToken({ scope: "email openidx" })],
  ])("%s is forbidden", async (_what, makeToken) => {
    const answer = await callAsStudent(makeToken());
    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual({ message: "Forbidden" });
    expect(answer.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
    expect(api).not.toHaveBeenCalled();
  });

  test("anyone may list courses, with a stale token too", async () => {
    const authorization = `Bearer ${tokens.makeToken({ exp: 1 })}`;
    expect((await call("/api/courses", { headers: { authorization } })).status).toBe(200);
  });

  test("while the issuer cannot be reached nobody is a student", async () => {
    const gone = await startTokenSource();
    await gone.close();
    const jwt = { issuer: ISSUER, audience: AUDIENCE, jwksUrl: gone.jwksUrl };
    const lonely = await startHttpApi({ port: 0, routes: ROUTES, handlers: { api, webhook }, jwt, client });
    onTestFinished(() => lonely.close());
    const headers = { authorization: `Bearer ${gone.makeToken()}` };
    expect((await fetch(`${lonely.url}/api/enrollments`, { headers })).status).toBe(401);
  });
});

describe("answers", () => {
  test("status, headers, cookies and body are written as returned", async () => {
    const cookies = ["a=1; HttpOnly", "b=2"];
    giveResult({
      statusCode: 201,
      headers: { "Content-Type": "text/x-test", "x-count": 3 },
      cookies,
      body: "Zoë",
    });
    const answer = await call("/api/courses");
    expect(answer.status).toBe(201);
    expect(answer.headers.get("content-type")).toBe("text/x-test");
    expect(answer.headers.get("x-count")).toBe("3");
    expect(answer.headers.getSetCookie()).toEqual(cookies);
    expect(await answer.text()).toBe("Zoë");
  });

  test("a base64 body is written as bytes", async () => {
    giveResult({
      statusCode: 200,
      body: Buffer.from([0, 255, 128]).toString("base64"),
      isBase64Encoded: true,
    });
    const answer = await call("/api/courses");
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array([0, 255, 128]));
  });

  test.each([
    ["an object", { courses: [] }, '{"courses":[]}'],
    ["a string", "plain words", "plain words"],
    ["nothing", undefined, "null"],
  ])("%s without a status is a 200 of JSON", async (_what, result, body) => {
    giveResult(result);
    const answer = await call("/api/courses");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(await answer.text()).toBe(body);
  });

  test.each([
    ["a handler that throws", () => api.mockRejectedValue(new Error("broken\n  at line 1"))],
    ["a result of the wrong shape", () => giveResult({ statusCode: 200, body: { not: "text" } })],
  ])("%s is an internal server error and one line in the log", async (_what, arrange) => {
    const log = vi.spyOn(console, "error").mockReturnValue(undefined);
    onTestFinished(() => log.mockRestore());
    arrange();
    const answer = await call("/api/courses?secret=1");
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ message: "Internal Server Error" });
    expect(log).toHaveBeenCalledOnce();
    expect(log.mock.calls[0]?.[0]).toMatch(/^GET \/api\/courses failed: [^\n]+$/);
  });

  test("closing waits neither for a kept-alive connection nor for a handler", async () => {
    const jwt = { issuer: ISSUER, audience: AUDIENCE, jwksUrl: tokens.jwksUrl };
    const brief = await startHttpApi({ port: 0, routes: ROUTES, handlers: { api, webhook }, jwt, client });
    await fetch(`${brief.url}/api/courses`);
    api.mockReset().mockReturnValue(new Promise(() => undefined));
    const unanswered = fetch(`${brief.url}/api/courses`).catch((error: Error) => error.message);
    await vi.waitFor(() => expect(api).toHaveBeenCalled());
    await brief.close();
    expect(await unanswered).toBe("fetch failed");
  });
});
