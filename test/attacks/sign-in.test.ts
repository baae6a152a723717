import { readFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { OIDC_CLIENT_ID } from "#infra/local/names.ts";
import { SEEDED_STUDENTS } from "#infra/local/seeded-students.ts";
import { requestAccessToken } from "#infra/local/sign-in/request-access-token.ts";
import { type StudentSession, signIn } from "#infra/local/student-session.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";
import { createTokenForge, type TokenForge } from "./forge-token.ts";

const ada = SEEDED_STUDENTS[0]?.userId;

let eve: StudentSession;
let forge: TokenForge;

const { stack } = useRunningStack();

beforeAll(async () => {
  eve = await signIn("eve@example.com", stack);
  const keys = await readFile(path.join(stack.dataDir, "sign-in", "sign-in-keys.json"), "utf8");
  forge = createTokenForge(JSON.parse(keys), eve.accessToken);
});

describe("an access token", () => {
  const listEnrollments = (token: string) =>
    fetch(`${stack.clientUrl}/api/enrollments`, { headers: { authorization: `Bearer ${token}` } });

  test("made by the issuer's own key is what the forgeries below differ from in one thing", async () => {
    expect((await listEnrollments(forge.signed({}))).status).toBe(200);
    expect((await listEnrollments(eve.accessToken)).status).toBe(200);
  });

  test.each<[string, () => string]>([
    ["of nothing", () => ""],
    ["that has run out", () => forge.signed({ exp: 1 })],
    ["that never runs out", () => forge.signed({ exp: undefined })],
    ["that is not valid yet", () => forge.signed({ nbf: Math.floor(Date.now() / 1000) + 600 })],
    ["for another client", () => forge.signed({ aud: "another-client" })],
    ["of another issuer", () => forge.signed({ iss: "http://evil.example" })],
    ["with alg none", () => forge.unsigned({})],
    ["with alg None", () => forge.unsigned({}, "None")],
    ["with the public key as an HMAC's secret", () => forge.signedWithPublicKey({})],
    ["of a foreign key under the issuer's key id", () => forge.signedByStranger({})],
    ["of a foreign key that it brings along", () => forge.signedByStranger({}, "jwk")],
    ["with Ada's id and the old signature", () => forge.altered({ sub: ada })],
    ["without its signature", () => eve.accessToken.replace(/[^.]+$/, "")],
  ])("%s is unauthorized", async (_what, makeToken) => {
    expect((await listEnrollments(makeToken())).status).toBe(401);
  });

  test("is not replaced by an id token", async () => {
    const { idToken } = await requestAccessToken({
      issuerUrl: stack.issuerUrl,
      clientId: OIDC_CLIENT_ID,
      redirectUri: `${stack.clientUrl}/sign-in/callback`,
      email: "eve@example.com",
    });
    expect((await listEnrollments(idToken)).status).toBe(403);
  });
});

test.each(["https://evil.example/sign-in/callback", "//evil.example", "http://localhost:1/sign-in/callback"])(
  "the way back from sign-in is never %s",
  async (redirectUri) => {
    const query = new URLSearchParams({
      response_type: "code",
      client_id: OIDC_CLIENT_ID,
      redirect_uri: redirectUri,
      scope: "openid",
      code_challenge: "x".repeat(43),
      code_challenge_method: "S256",
    });
    const { authorization_endpoint: endpoint } = (await (
      await fetch(`${stack.issuerUrl}/.well-known/openid-configuration`)
    ).json()) as { authorization_endpoint: string };
    const answer = await fetch(`${endpoint}?${query}`, { redirect: "manual" });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("location")).toBeNull();
  },
);
