/** Compresses an answer of the API as CloudFront does before the deployed one: only what it may keep. */
import type { ServerResponse } from "node:http";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { COMPRESSED_BYTES, COMPRESSED_TYPES, SHARED_PATHS } from "#infra/deployment/edge-cache.ts";
import { PAGE_ROUTES } from "#infra/deployment/page-routes.ts";

/** A few milliseconds are not worth another kilobyte. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/** In the order of CloudFront's liking. */
const ENCODINGS = { br: (body: Buffer) => brotliCompressSync(body, BROTLI), gzip: gzipSync };

/** @returns the body as it is sent; the response is told how */
export function compressAtEdge(response: ServerResponse, body: Buffer): Buffer {
  const { headers, url = "" } = response.req;
  if (!isShared(url) || !isWorthIt(response, body)) return body;
  response.setHeader("vary", "Accept-Encoding");
  const accepted = listAccepted(headers["accept-encoding"]);
  for (const [name, compress] of Object.entries(ENCODINGS)) {
    if (!accepted.has(name)) continue;
    response.setHeader("content-encoding", name);
    return compress(body);
  }
  return body;
}

/** Of `/api/courses*`, or of `/courses/{courseId}`. */
const STARTS = [...SHARED_PATHS, ...PAGE_ROUTES.map(({ path }) => path)].map((path) =>
  path.replace(/[*{].*$/, ""),
);
const isShared = (url: string) => STARTS.some((start) => url.startsWith(start));

function isWorthIt(response: ServerResponse, { length }: Buffer): boolean {
  const type = String(response.getHeader("content-type")).split(";")[0]?.trim();
  return (
    [200, 403, 404].includes(response.statusCode) &&
    COMPRESSED_TYPES.some((compressed) => compressed === type) &&
    length >= COMPRESSED_BYTES.least &&
    length <= COMPRESSED_BYTES.most &&
    !response.hasHeader("content-encoding")
  );
}

/** E.g. of `gzip, deflate;q=0.5, br;q=0`. */
function listAccepted(header: string | string[] = ""): Set<string> {
  const offers = String(header)
    .split(",")
    .map((offer) =>
      offer
        .trim()
        .toLowerCase()
        .split(/\s*;\s*q=/),
    );
  return new Set(offers.flatMap(([name = "", weight = "1"]) => (Number(weight) > 0 ? [name] : [])));
}
