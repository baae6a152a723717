/** Holes in who may call the API: the authorizer, and what the handler takes a caller for. */
import type { Attack, Hole } from "./hole.ts";

const inAuthorizer = { file: "infra/local/http-api/authorizer.ts" };
const test = (title: string) => ({
  file: "test/attacks/sign-in.test.ts",
  title: `an access token ${title}`,
});

const claimsOf = (token: string) =>
  `(JSON.parse(Buffer.from(${token}.split(".")[1] ?? "", "base64url").toString()) as JwtPayload)`;

const verifying = (attack: Attack, hole: string, by: string, title: string): Hole => ({
  attack,
  hole,
  ...inAuthorizer,
  replace: "await verifier.verify(token)",
  by: `await (async () => { ${by} return verifier.verify(token); })()`,
  test: test(title),
});

const PARTS = `const { createHmac, createPublicKey, verify } = process.getBuiltinModule("node:crypto");
      const [header = "", body = "", signature = ""] = token.split(".");`;

export const TOKEN_HOLES: Hole[] = [
  {
    attack: "API: no token",
    hole: "whoever shows no token is somebody",
    ...inAuthorizer,
    replace: 'throw new Refusal(401, "Bearer")',
    by: 'return { claims: { sub: "anonymous" }, scopes: [] }',
    test: {
      file: "test/attacks/api-over-http.test.ts",
      title: "without an Authorization header is unauthorized",
    },
  },
  {
    attack: "API: no token",
    hole: "a header says who asks, where no token does",
    file: "handlers/routes/request-context.ts",
    replace: "claims: context?.authorizer?.jwt?.claims",
    by: 'claims: context?.authorizer?.jwt?.claims ?? { sub: request.headers["x-user-id"] }',
    test: {
      file: "test/attacks/api.test.ts",
      title: "a student cannot be claimed by a header or a body",
    },
  },
  {
    attack: "API: expired token",
    hole: "clocks may differ by a century",
    ...inAuthorizer,
    replace: "audience: null,",
    by: "audience: null, graceSeconds: 4_000_000_000,",
    test: test("(that has run out|that is not valid yet) is unauthorized"),
  },
  {
    attack: "API: expired token",
    hole: "a token may be for ever",
    ...inAuthorizer,
    replace: "payload.exp === undefined",
    by: "payload.exp === 0",
    test: test("that never runs out is unauthorized"),
  },
  {
    attack: "API: wrong audience",
    hole: "a token for another client is accepted",
    ...inAuthorizer,
    replace: "!audiences.includes(audience)",
    by: "audiences.length === 0",
    test: test("for another client is unauthorized"),
  },
  {
    attack: "API: wrong issuer",
    hole: "any issuer is accepted",
    ...inAuthorizer,
    replace: "issuer,\n      jwksUri",
    by: "issuer: null,\n      jwksUri",
    test: test("of another issuer is unauthorized"),
  },
  verifying(
    "API: alg none",
    "a token that needs no signature has none to check",
    `if (token.endsWith(".")) return ${claimsOf("token")};`,
    "with alg (none|None) is unauthorized",
  ),
  verifying(
    "API: HMAC with the public key",
    "the token chooses how it is verified",
    `${PARTS}
      const { keys } = JSON.parse(Buffer.from(await fetchJwks(jwksUrl)).toString()) as { keys: import("node:crypto").JsonWebKey[] };
      const pem = createPublicKey({ key: keys[0] ?? {}, format: "jwk" }).export({ type: "spki", format: "pem" });
      const hmac = createHmac("sha256", pem).update(\`\${header}.\${body}\`).digest("base64url");
      if (hmac === signature) return ${claimsOf("token")};`,
    "with the public key as an HMAC's secret is unauthorized",
  ),
  verifying(
    "API: foreign key",
    "the signature is not checked",
    `if (token) return ${claimsOf("token")};`,
    "of a foreign key under the issuer's key id is unauthorized",
  ),
  verifying(
    "API: foreign key",
    "a token may bring its own key",
    `${PARTS}
      const { jwk } = JSON.parse(Buffer.from(header, "base64url").toString()) as { jwk?: import("node:crypto").JsonWebKey };
      const signed = Buffer.from(\`\${header}.\${body}\`);
      if (jwk && verify("sha256", signed, createPublicKey({ key: jwk, format: "jwk" }), Buffer.from(signature, "base64url")))
        return ${claimsOf("token")};`,
    "of a foreign key that it brings along is unauthorized",
  ),
  verifying(
    "API: altered token",
    "claims are read before they are verified, and believed",
    `if (token) return ${claimsOf("token")};`,
    "(with Ada's id and the old signature|without its signature) is unauthorized",
  ),
  {
    attack: "API: id token",
    hole: "no scope is asked for",
    ...inAuthorizer,
    replace: "if (scopes.length === 0)",
    by: 'if (payload.scope === "none")',
    test: test("is not replaced by an id token"),
  },
];
