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

  test("a refresh token gives a new access token, again and again", async () => {
    const { url, verifier } = authorizationRequest(shared.issuer);
    const browser = createBrowser();
    const picker = await browser.visit(url);
    const { searchParams } = new URL((await browser.visit(picker.url, { email: ada.email })).url);
    const code = searchParams.get("code") ?? "";
    const first = await postToken(shared.issuer, {
      grant_type: "authorization_code",
      code,
      code_verifier: verifier,
    });
    const { refresh_token } = (await first.json()) as { refresh_token: string };
    for (const _round of [1, 2]) {
      const again = await postToken(shared.issuer, { grant_type: "refresh_token", refresh_token });
      const { access_token } = (await again.json()) as { access_token: string };
      expect(decodeToken(access_token).payload).toMatchObject({ sub: ada.userId, token_use: "access" });
    }
  });
});
