/** Signs a student in without a browser: the same code and PKCE steps, for scripts, demos and tests. */
import { createHash, randomBytes } from "node:crypto";
import * as z from "zod";
import { SCOPE } from "./provider-configuration.ts";

interface AccessTokenRequest {
  issuerUrl: string;
  clientId: string;
  /** One that is registered for the client, e.g. `http://localhost:3000/sign-in/callback`. It is never visited. */
  redirectUri: string;
  email: string;
}

interface IssuedTokens {
  accessToken: string;
  idToken: string;
  /** Seconds. */
  expiresIn: number;
}

const discoverySchema = z.object({ authorization_endpoint: z.url(), token_endpoint: z.url() });
const tokensSchema = z.object({ access_token: z.string(), id_token: z.string(), expires_in: z.number() });

/** To the picker, its form, back to the issuer, to the client; and two to spare. */
const MOST_STEPS = 6;

/** @throws Error one sentence, when the issuer is not running or refuses */
export async function requestAccessToken(request: AccessTokenRequest): Promise<IssuedTokens> {
  const { issuerUrl, clientId, redirectUri, email } = request;
  const discovery = await callIssuer(`${issuerUrl}/.well-known/openid-configuration`);
  const endpoints = discoverySchema.parse(await discovery.json());

  const verifier = randomBytes(32).toString("base64url");
  const authorizationUrl = new URL(endpoints.authorization_endpoint);
  authorizationUrl.search = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: SCOPE,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  }).toString();
  const code = await pickStudent(authorizationUrl.href, redirectUri, email);

  const answer = await callIssuer(endpoints.token_endpoint, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    }),
  });
  const tokens = tokensSchema.parse(await answer.json());
  return { accessToken: tokens.access_token, idToken: tokens.id_token, expiresIn: tokens.expires_in };
}

/** Walks from the authorization endpoint over the picker's form to the client's address, which carries the code. */
async function pickStudent(authorizationUrl: string, redirectUri: string, email: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = authorizationUrl;
  let form: RequestInit = {};
  for (let step = 0; step < MOST_STEPS && !url.startsWith(`${redirectUri}?`); step++) {
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    const answer = await callIssuer(url, { ...form, headers: { cookie }, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    if (location) url = new URL(location, url).href;
    form = location ? {} : { method: "POST", body: new URLSearchParams({ email }) };
  }
  const answer = new URL(url).searchParams;
  const code = answer.get("code");
  if (!code)
    throw new Error(`The sign-in was refused: ${answer.get("error_description") ?? "no reason given"}`);
  return code;
}

async function callIssuer(url: string, init?: RequestInit): Promise<Response> {
  const answer = await fetch(url, init).catch((cause: unknown) => {
    const { origin } = new URL(url);
    throw new Error(`No sign-in server answers at ${origin}; start Bursar with "npm start" first.`, {
      cause,
    });
  });
  if (answer.status < 400) return answer;
  const alert = /role="alert">([^<]*)/.exec(await answer.text())?.[1] ?? `status ${answer.status}`;
  const reason = alert.replace(/&#(\d+);/g, (_entity, code) => String.fromCharCode(Number(code)));
  throw new Error(`The sign-in server refused: ${reason}`);
}
