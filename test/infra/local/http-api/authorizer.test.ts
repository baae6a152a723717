import type { APIGatewayProxyEventV2WithJWTAuthorizer } from "aws-lambda";
import { describe, expect, onTestFinished, test } from "vitest";
import { goodClaims, newKey, now, startTokenSource } from "./tokens.ts";
import { firstEvent, useHttpApi } from "./use-http-api.ts";

const { api, call, start, tokens } = useHttpApi();

const callAsStudent = (token: string) =>
  call("/api/enrollments", { headers: { authorization: `Bearer ${token}` } });

describe("access", () => {
  test("a student's claims reach the handler as text", async () => {
    const answer = await callAsStudent(tokens().makeToken({ groups: ["a", "b"] }));
    expect(answer.status).toBe(200);
    const event = firstEvent(api) as APIGatewayProxyEventV2WithJWTAuthorizer;
    expect(event.requestContext.authorizer.jwt).toEqual({
      claims: {
        ...goodClaims(),
        email_verified: "true",
        iat: expect.stringMatching(/^\d+$/),
        exp: expect.stringMatching(/^\d+$/),
        groups: "[a b]",
      },
      scopes: ["openid"],
    });
  });

  test("a token without aud counts by its client_id", async () => {
    expect((await callAsStudent(tokens().makeToken({ aud: undefined }))).status).toBe(200);
  });

  test.each([
    ["no token", () => ""],
    ["not a token", () => "Bearer nonsense"],
    ["an expired token", () => tokens().makeToken({ exp: now() - 1 })],
    ["a token that never expires", () => tokens().makeToken({ exp: undefined })],
    ["a token for later", () => tokens().makeToken({ nbf: now() + 600 })],
    ["another issuer's token", () => tokens().makeToken({ iss: "https://stranger.example" })],
    ["another client's token", () => tokens().makeToken({ aud: "another-client" })],
    [
      "another client's token without aud",
      () => tokens().makeToken({ aud: undefined, client_id: "another" }),
    ],
    ["an unsigned token", () => tokens().makeUnsignedToken()],
    ["a token signed by a foreign key", () => tokens().makeToken({}, newKey().privateKey)],
    ["a token signed with another algorithm", () => tokens().makeToken({}, undefined, 512)],
    [
      "a token with changed claims",
      () => {
        const [, mallory] = tokens().makeToken({ sub: "student-mallory" }).split(".");
        return tokens()
          .makeToken()
          .replace(/\.[^.]+\./, `.${mallory}.`);
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
    ["an id token", () => tokens().makeToken({ scope: undefined, token_use: "id" })],
    ["a token of another scope", () => tokens().makeToken({ scope: "email openidx" })],
  ])("%s is forbidden", async (_what, makeToken) => {
    const answer = await callAsStudent(makeToken());
    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual({ message: "Forbidden" });
    expect(answer.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
    expect(api).not.toHaveBeenCalled();
  });

  test("anyone may list courses, with a stale token too", async () => {
    const authorization = `Bearer ${tokens().makeToken({ exp: 1 })}`;
    expect((await call("/api/courses", { headers: { authorization } })).status).toBe(200);
  });

  test("while the issuer cannot be reached nobody is a student", async () => {
    const gone = await startTokenSource();
    await gone.close();
    const lonely = await start(gone.jwksUrl);
    onTestFinished(() => lonely.close());
    const headers = { authorization: `Bearer ${gone.makeToken()}` };
    expect((await fetch(`${lonely.url}/api/enrollments`, { headers })).status).toBe(401);
  });
});
