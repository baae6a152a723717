/** As much of a browser as signing in needs: it keeps cookies and shows each redirect. */
import { createHash, randomBytes } from "node:crypto";
import type { Issuer } from "#infra/local/sign-in/start-issuer.ts";

export const CLIENT_ID = "bursar-client";
export const CLIENT_ORIGIN = "http://localhost:3000";
export const REDIRECT_URI = `${CLIENT_ORIGIN}/sign-in/callback`;

interface Page {
  url: string;
  status: number;
  headers: Headers;
  html: string;
}

export function createBrowser() {
  const cookies = new Map<string, string>();

  async function visit(url: string, form?: Record<string, string>): Promise<Page> {
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    const body = form && new URLSearchParams(form);
    const answer = await fetch(url, {
      headers: { cookie, accept: "text/html" },
      redirect: "manual",
      ...(body && { method: "POST", body }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    if (!location) return { url, status: answer.status, headers: answer.headers, html: await answer.text() };
    const next = new URL(location, url).href;
    if (next.startsWith(CLIENT_ORIGIN)) return { url: next, status: 200, headers: answer.headers, html: "" };
    return visit(next);
  }

  return { visit };
}

/** Where the client sends the student, with the verifier that it keeps for itself. */
export function authorizationRequest(issuer: Issuer, changes: Record<string, string> = {}) {
  const verifier = randomBytes(32).toString("base64url");
  const parameters = {
    response_type: "code",
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT_URI,
    scope: "openid email profile",
    state: "some-state",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...changes,
  };
  return { url: `${issuer.url}/auth?${new URLSearchParams(parameters)}`, verifier };
}

export function postToken(
  issuer: Issuer,
  form: Record<string, string>,
  headers: Record<string, string> = {},
) {
  const body = new URLSearchParams({ client_id: CLIENT_ID, redirect_uri: REDIRECT_URI, ...form });
  return fetch(`${issuer.url}/token`, { method: "POST", body, headers });
}

export function decodeToken(token: string): {
  header: Record<string, unknown>;
  payload: Record<string, unknown>;
} {
  const [header, payload] = token
    .split(".")
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));
  return { header, payload };
}
