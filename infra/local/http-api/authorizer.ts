/** Lets a request through by its JWT access token, as the deployed HTTP API's JWT authorizer does. */
import { JwtVerifier } from "aws-jwt-verify";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import type { JwtPayload } from "aws-jwt-verify/jwt-model";

export interface JwtOptions {
  issuer: string;
  /** The client that tokens must have been issued to: their `aud`, or `client_id` where there is no `aud`. */
  audience: string;
  jwksUrl: string;
}

/** What a handler finds under `requestContext.authorizer.jwt`. */
export interface Authorization {
  claims: Record<string, string>;
  scopes: string[];
}

/** The answer to a request that is not let through. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly status: 401 | 403;
  readonly authenticate: string;

  constructor(status: 401 | 403, authenticate: string) {
    super(status === 401 ? "Unauthorized" : "Forbidden");
    this.status = status;
    this.authenticate = authenticate;
  }
}

/** An id token carries no scope, so asking for one keeps id tokens out. */
const REQUIRED_SCOPE = "openid";

type Authorizer = (authorizationHeader: string | undefined) => Promise<Authorization>;

/** The authorizer rejects with a Refusal. */
export function createAuthorizer({ issuer, audience, jwksUrl }: JwtOptions): Authorizer {
  const jwksCache = new SimpleJwksCache({ fetcher: { fetch: fetchJwks } });
  const verifier = JwtVerifier.create(
    {
      issuer,
      jwksUri: jwksUrl,
      audience: null,
      customJwtCheck: ({ header, payload }) => {
        if (header.alg !== "RS256") throw new Error(`signing method ${header.alg} is invalid`);
        if (payload.exp === undefined) throw new Error("the token does not expire");
        const audiences = [payload.aud ?? payload.client_id].flat();
        if (!audiences.includes(audience)) throw new Error("the token does not have a valid audience");
      },
    },
    { jwksCache },
  );

  return async (authorizationHeader) => {
    const token = /^(?:bearer\s+)?(\S+)$/i.exec(authorizationHeader?.trim() ?? "")?.[1];
    if (token === undefined) throw new Refusal(401, "Bearer");
    const payload = await verifier.verify(token).catch((error: Error) => {
      throw new Refusal(401, challenge("invalid_token", error.message));
    });
    const scopes = payload.scope?.split(" ").filter((scope) => scope === REQUIRED_SCOPE) ?? [];
    if (scopes.length === 0)
      throw new Refusal(403, challenge("insufficient_scope", "the token's scope is not enough"));
    return { claims: claimsAsText(payload), scopes };
  };
}

function challenge(error: string, description: string): string {
  const text = description.replace(/[^\x20-\x7e]|["\\]/g, "'");
  return `Bearer scope="${REQUIRED_SCOPE}" error="${error}" error_description="${text}"`;
}

/** API Gateway knows no other claims than strings; an array is written `[a b]`. */
function claimsAsText(payload: JwtPayload): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, claimAsText(value)]));
}

function claimAsText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimAsText).join(" ")}]`;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The library itself fetches over https only. */
async function fetchJwks(url: string): Promise<ArrayBuffer> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`the issuer's keys answered ${answer.status}`);
  return answer.arrayBuffer();
}
