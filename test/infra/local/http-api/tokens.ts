/** An issuer's keys and the tokens, good and bad, that a gateway may be shown. */
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer } from "node:http";
import { closeServer, listenOnLoopback } from "#infra/one-machine/loopback.ts";

export const ISSUER = "http://localhost:9080";
export const AUDIENCE = "bursar-client";
const KID = "current";

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
export const newKey = () => generateKeyPairSync("rsa", { modulusLength: 2048 });

/** Seconds since the epoch. */
export const now = () => Math.floor(Date.now() / 1000);

export const goodClaims = () => ({
  iss: ISSUER,
  sub: "student-ada",
  aud: AUDIENCE,
  client_id: AUDIENCE,
  token_use: "access",
  scope: "openid email profile",
  email: "ada@example.com",
  email_verified: true,
  iat: now(),
  exp: now() + 3600,
});

export async function startTokenSource() {
  const { privateKey, publicKey } = newKey();
  const jwks = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: KID, use: "sig" }] };
  const server = createServer((_request, response) => response.end(JSON.stringify(jwks)));
  const port = await listenOnLoopback(server, 0);

  /** A change to undefined leaves the claim out. */
  function makeToken(
    changes: Record<string, unknown> = {},
    key: KeyObject = privateKey,
    digest = 256,
  ): string {
    const header = { alg: `RS${digest}`, kid: KID, typ: "at+jwt" };
    const content = `${base64url(header)}.${base64url({ ...goodClaims(), ...changes })}`;
    return `${content}.${sign(`sha${digest}`, Buffer.from(content), key).toString("base64url")}`;
  }

  const makeUnsignedToken = () => `${base64url({ alg: "none", kid: KID })}.${base64url(goodClaims())}.`;

  return {
    jwksUrl: `http://localhost:${port}/jwks`,
    makeToken,
    makeUnsignedToken,
    close: () => closeServer(server),
  };
}
