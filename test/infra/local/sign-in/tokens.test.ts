import { describe, expect, onTestFinished, test } from "vitest";
import { createAuthorizer } from "#infra/local/http-api/authorizer.ts";
import { authorizationRequest, CLIENT_ID, createBrowser, decodeToken, postToken } from "./browser.ts";
import { ada, useIssuer } from "./use-issuer.ts";

const shared = useIssuer();

describe("tokens", () => {
  test("an access token has the claims of a Cognito access token with the student's e-mail and name", async () => {
    const { accessToken, expiresIn } = await shared.signIn(ada.email);
    const { header, payload } = decodeToken(accessToken);
    expect(header.alg).toBe("RS256");
    expect(payload).toMatchObject({
      iss: shared.issuer.url,
      sub: ada.userId,
      aud: CLIENT_ID,
      client_id: CLIENT_ID,
      token_use: "access",
      scope: "openid email profile",
      email: ada.email,
      email_verified: "true",
      name: ada.name,
      sign_up_method: "email",
      jti: expect.any(String),
    });
    expect(expiresIn).toBe(3600);
    expect(Number(payload.exp) - Number(payload.iat)).toBe(3600);
  });

  test("an id token tells the client who signed in", async () => {
    const { idToken } = await shared.signIn(ada.email);
    const { payload } = decodeToken(idToken);
    expect(payload).toMatchObject({
      iss: shared.issuer.url,
      aud: CLIENT_ID,
      sub: ada.userId,
      email: ada.email,
      name: ada.name,
    });
    expect(payload).not.toHaveProperty("scope");
  });

  test("another e-mail address makes a student, the same one after a restart", async () => {
    const before = decodeToken((await shared.signIn("Mary.Jackson@Example.com ")).accessToken).payload;
    const restarted = await shared.start();
    onTestFinished(() => restarted.close());
    const after = await shared.signIn("mary.jackson@example.com", restarted.url);
    expect(before).toMatchObject({ email: "mary.jackson@example.com", name: "Mary Jackson" });
    expect(before.sub).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(decodeToken(after.accessToken).payload.sub).toBe(before.sub);
  });

  test("a seeded student keeps the seeded id however the address is written", async () => {
    const { accessToken } = await shared.signIn("ADA@example.com");
    expect(decodeToken(accessToken).payload.sub).toBe(ada.userId);
  });

  test("a token stays valid when the issuer restarts", async () => {
    const { accessToken } = await shared.signIn(ada.email);
    const restarted = await shared.start();
    onTestFinished(() => restarted.close());
    const authorize = createAuthorizer({
      issuer: shared.issuer.url,
      audience: CLIENT_ID,
      jwksUrl: restarted.jwksUrl,
    });
    const { claims } = await authorize(`Bearer ${accessToken}`);
    expect(claims.sub).toBe(ada.userId);
  });

  describe("a refresh token", () => {
    const refresh = (refresh_token: string) =>
      postToken(shared.issuer, { grant_type: "refresh_token", refresh_token });

    async function signInAsAda(): Promise<string> {
      const { url, verifier } = authorizationRequest(shared.issuer);
      const browser = createBrowser();
      const picker = await browser.visit(url);
      const { searchParams } = new URL((await browser.visit(picker.url, { email: ada.email })).url);
      const answer = await postToken(shared.issuer, {
        grant_type: "authorization_code",
        code: searchParams.get("code") ?? "",
        code_verifier: verifier,
      });
      return ((await answer.json()) as { refresh_token: string }).refresh_token;
    }

    test("gives a new access token and its own successor, again and again", async () => {
      let token = await signInAsAda();
      for (const _round of [1, 2]) {
        const answer = (await (await refresh(token)).json()) as Record<string, string>;
        expect(decodeToken(answer["access_token"] ?? "").payload).toMatchObject({
          sub: ada.userId,
          token_use: "access",
        });
        expect(answer["refresh_token"]).not.toBe(token);
        token = answer["refresh_token"] ?? "";
      }
    });

    test("is taken once: a second use is refused, and its successor with it", async () => {
      const token = await signInAsAda();
      const { refresh_token: successor } = (await (await refresh(token)).json()) as { refresh_token: string };
      expect((await refresh(token)).status).toBe(400);
      expect((await refresh(successor)).status).toBe(400);
    });

    test("is refused once it was revoked, at the address that the issuer announces", async () => {
      const token = await signInAsAda();
      const discovery = await fetch(`${shared.issuer.url}/.well-known/openid-configuration`);
      const { revocation_endpoint } = (await discovery.json()) as { revocation_endpoint: string };
      const body = new URLSearchParams({ token, client_id: CLIENT_ID });
      expect((await fetch(revocation_endpoint, { method: "POST", body })).status).toBe(200);
      expect((await refresh(token)).status).toBe(400);
    });
  });
});
