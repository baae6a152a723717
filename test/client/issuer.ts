/** An issuer that signs Ada in; the client does not check signatures, the API does. */
import { expect, vi } from "vitest";
import { completeSignIn, signIn } from "#client/sign-in.ts";
import { serveApi } from "./student-site.tsx";

export const ISSUER = "https://issuer.example";
export const SIGN_OUT_PAGE = `${ISSUER}/logout`;
export const DISCOVERY = `GET ${ISSUER}/.well-known/openid-configuration`;
export const REVOCATION = `POST ${ISSUER}/revoke`;

const unsigned = (claims: object) => `${btoa("{}")}.${btoa(JSON.stringify(claims))}.`;

interface IssuerChanges {
  /** Added to what is granted. */
  grants?: object;
  /** Added to the client's configuration. */
  config?: object;
  /** In the place of what the issuer otherwise answers. */
  answers?: Record<string, () => unknown>;
}

export function serveIssuer({ grants = {}, config = {}, answers = {} }: IssuerChanges = {}) {
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
      ...config,
    }),
    // As Cognito announces itself.
    [DISCOVERY]: () => ({
      issuer: ISSUER,
      authorization_endpoint: `${ISSUER}/auth`,
      token_endpoint: `${ISSUER}/token`,
      revocation_endpoint: `${ISSUER}/revoke`,
      end_session_endpoint: SIGN_OUT_PAGE,
    }),
    [`POST ${ISSUER}/token`]: () => ({
      access_token: "fresh-token",
      token_type: "Bearer",
      id_token: unsigned(claims),
      expires_in: 600,
      ...grants,
    }),
    [REVOCATION]: () => ({}),
    ...answers,
  });
}

/**
 * Leaves for the issuer and comes back as the issuer would send the student.
 * @param client one that remembers nothing of other tests, if it must not
 */
export async function signInFrom(path: string, client = { signIn, completeSignIn }): Promise<string> {
  const leave = vi.spyOn(window.location, "assign").mockImplementation(() => {});
  // It never settles: the page is being left.
  void client.signIn(path);
  await vi.waitFor(() => expect(leave).toHaveBeenCalled());
  const request = new URL(String(leave.mock.lastCall?.[0]));
  expect(request.searchParams.get("code_challenge_method")).toBe("S256");
  leave.mockRestore();
  expect(Object.values(localStorage).join()).not.toContain("state");
  return client.completeSignIn(
    `${location.origin}/sign-in/callback?code=1&state=${request.searchParams.get("state")}`,
  );
}
