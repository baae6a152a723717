/** AWS's signature, version 4, of a request: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { AccessKey } from "#infra/one-machine/access-key.ts";

export interface SignedRequest {
  method: string;
  /** Path and query, as they were sent. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** `missing`: not signed at all. `unknown`: with another key. `wrong`: with this key, but not this request. */
export type SignatureFault = "missing" | "unknown" | "wrong";

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/\s]+)\/(\d{8})\/([^/\s]+)\/([^/\s]+)\/aws4_request,\s*SignedHeaders=([\w;-]+),\s*Signature=([0-9a-f]{64})$/;

/** @returns undefined when the request was signed with the key */
export function findSignatureFault(request: SignedRequest, key: AccessKey): SignatureFault | undefined {
  const [, id, date, region, service, names, signature] =
    AUTHORIZATION.exec(request.headers.authorization ?? "") ?? [];
  if (!id || !date || !region || !service || !names || !signature) return "missing";
  if (id !== key.accessKeyId) return "unknown";
  const scope = [date, region, service, "aws4_request"];
  const signingKey = signingKeyOf(key, scope);
  const text = [
    "AWS4-HMAC-SHA256",
    String(request.headers["x-amz-date"]),
    scope.join("/"),
    sha256(canonicalRequest(request, names.split(";"))),
  ].join("\n");
  const isRight = timingSafeEqual(hmac(signingKey, text), Buffer.from(signature, "hex"));
  return isRight ? undefined : "wrong";
}

/** The same for a day's requests to one service. */
const signingKeys = new Map<string, Buffer | string>();

function signingKeyOf({ secretAccessKey }: AccessKey, scope: string[]): Buffer | string {
  const name = [secretAccessKey, ...scope].join("/");
  const known = signingKeys.get(name);
  if (known) return known;
  // Whoever makes up dates and services fills no memory.
  if (signingKeys.size > 100) signingKeys.clear();
  const made = scope.reduce<Buffer | string>(hmac, `AWS4${secretAccessKey}`);
  signingKeys.set(name, made);
  return made;
}

function canonicalRequest({ method, url, headers, body }: SignedRequest, names: string[]): string {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  searchParams.sort();
  const valueOf = (name: string) =>
    String(headers[name] ?? "")
      .trim()
      .replaceAll(/\s+/g, " ");
  return [
    method,
    // Encoded once by the client for the way, and once more for the signature.
    pathname.split("/").map(encodeURIComponent).join("/"),
    searchParams.toString().replaceAll("+", "%20"),
    ...names.map((name) => `${name}:${valueOf(name)}`),
    "",
    names.join(";"),
    sha256(body),
  ].join("\n");
}

const hmac = (key: Buffer | string, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
