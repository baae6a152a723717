import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { sendRaw } from "./raw-request.ts";
import { useHttpApi } from "./use-http-api.ts";

const { giveResult, port, tokens } = useHttpApi();

const LONG = JSON.stringify({ courses: "x".repeat(2_000) });
const resultOf = (body: string, more: Record<string, string> = {}) => ({
  statusCode: 200,
  headers: { "content-type": "application/json; charset=utf-8", ...more },
  body,
});

async function get(path: string, encoding: string, more: Record<string, string> = {}) {
  const headers = { host: "localhost", "accept-encoding": encoding, ...more };
  const { bytes, headers: given } = await sendRaw(port(), { path, headers });
  return { bytes, encoding: given["content-encoding"], length: Number(given["content-length"]) };
}

test.each([
  ["gzip, deflate, br", "br", brotliDecompressSync],
  ["gzip", "gzip", gunzipSync],
  ["br;q=0, gzip;q=0.5", "gzip", gunzipSync],
])("whoever accepts %s gets the catalogue in %s, and all of it", async (accepted, encoding, decompress) => {
  giveResult(resultOf(LONG));
  const answer = await get("/api/courses?after=A", accepted);
  expect(answer.encoding).toBe(encoding);
  expect(answer.length).toBe(answer.bytes.length);
  expect(answer.length).toBeLessThan(200);
  expect(decompress(answer.bytes).toString()).toBe(LONG);
});

test.each([
  ["to who accepts nothing of it", "/api/courses", "identity", resultOf(LONG)],
  ["what is small", "/api/courses", "gzip", resultOf("x".repeat(999))],
  ["a picture", "/api/courses", "gzip", resultOf(LONG, { "content-type": "image/png" })],
  ["what is compressed already", "/api/courses", "gzip", resultOf(LONG, { "content-encoding": "zstd" })],
])("nothing is compressed of %s", async (_what, path, accepted, result) => {
  giveResult(result);
  const answer = await get(path, accepted);
  expect(answer.bytes.toString()).toBe(result.body);
});

test("what only its student may see is not compressed, as CloudFront does with what it may not keep", async () => {
  giveResult(resultOf(LONG));
  const answer = await get("/api/enrollments", "gzip, br", {
    authorization: `Bearer ${tokens().makeToken()}`,
  });
  expect([answer.encoding, answer.bytes.toString()]).toEqual([undefined, LONG]);
});
