import { beforeEach, expect, test, vi } from "vitest";
import { keepSession, knownSession } from "#client/session.ts";
import { completeSignIn, currentSession, signIn } from "#client/sign-in.ts";
import { ada, serveApi } from "./student-site.tsx";

const ISSUER = "https://issuer.example";
const unsigned = (claims: object) => `${btoa("{}")}.${btoa(JSON.stringify(claims))}.`;

/** An issuer that signs Ada in; the client does not check signatures, the API does. */
function serveIssuer(grants: object = {}) {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: ISSUER,
    aud: "bursar-client",
    sub: "ada",
    name: "Ada Lovelace",
    iat: now,
    exp: now + 600,
  };
  return serveApi({
    "GET /config.json": () => ({
      oidcIssuer: ISSUER,
      oidcClientId: "bursar-client",
      oidcScope: "openid profile",
      stripePublishableKey: "pk_test_1",
    }),
    [`GET ${ISSUER}/.well-known/openid-configuration`]: () => ({
      issuer: ISSUER,
      authorization_endpoint: `${ISSUER}/auth`,
      token_endpoint: `${ISSUER}/token`,
    }),
    [`POST ${ISSUER}/token`]: () => ({
      access_token: "fresh-token",
      token_type: "Bearer",
      id_token: unsigned(claims),
      ...grants,
    }),
  });
}

/** Leaves for the issuer and comes back as the issuer would send the student. */
async function signInFrom(path: string): Promise<string> {
  const leave = vi.spyOn(window.location, "assign").mockImplementation(() => {});
  // It never settles: the page is being left.
  void signIn(path);
  await vi.waitFor(() => expect(leave).toHaveBeenCalled());
  const request = new URL(String(leave.mock.lastCall?.[0]));
  expect(request.searchParams.get("code_challenge_method")).toBe("S256");
  leave.mockRestore();
  expect(localStorage).toHaveLength(0);
  return completeSignIn(
    `${location.origin}/sign-in/callback?code=1&state=${request.searchParams.get("state")}`,
  );
}

beforeEach(() => {
  window.location.href = "https://bursar.example/";
});

test("a student who signs in comes back to the page that asked for it", async () => {
  serveIssuer({ expires_in: 600 });
  expect(await signInFrom("/checkout/PAID-1?a=b")).toBe("/checkout/PAID-1?a=b");
  expect(knownSession()).toMatchObject({ accessToken: "fresh-token", userId: "ada", name: "Ada Lovelace" });
});

test("signing in leaves nothing in local storage", async () => {
  serveIssuer({ expires_in: 600 });
  await signInFrom("/");
  expect(localStorage).toHaveLength(0);
  expect(Object.values(sessionStorage).join("\n")).toContain("fresh-token");
});

test("a prepared way back to another site leads to the catalogue", async () => {
  serveIssuer({ expires_in: 600 });
  expect(await signInFrom("//evil.example/")).toBe("/");
});

test("an answer that nobody asked for signs nobody in", async () => {
  serveIssuer({ expires_in: 600 });
  await expect(completeSignIn("https://bursar.example/sign-in/callback?code=1&state=forged")).rejects.toThrow(
    "No matching state found in storage",
  );
  expect(knownSession()).toBeNull();
});

test("a session that has run out is renewed with the refresh token", async () => {
  serveIssuer({ expires_in: 600, refresh_token: "refresh" });
  await signInFrom("/");
  keepSession({ ...ada, expiresAt: 1 });
  expect(await currentSession()).toMatchObject({ accessToken: "fresh-token" });
});

test("a session that has run out and cannot be renewed is over", async () => {
  serveIssuer({ expires_in: 600 });
  await signInFrom("/");
  keepSession({ ...ada, expiresAt: 1 });
  expect(await currentSession()).toBeNull();
  expect(knownSession()).toBeNull();
});
