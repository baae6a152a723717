/** Turns what a Lambda function returned into an HTTP answer, by the rules of payload format 2.0. */
import type { ServerResponse } from "node:http";
import * as z from "zod";
import { compressAtEdge } from "./compress-at-edge.ts";

const structuredResultSchema = z.object({
  statusCode: z.coerce.number().int().min(200).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(""),
  isBase64Encoded: z.boolean().default(false),
});

/**
 * A result without `statusCode` is itself the body of a 200.
 * @throws ZodError when the result has a `statusCode` and yet not the shape of an answer
 */
export function sendResult(response: ServerResponse, result: unknown): void {
  if (typeof result !== "object" || result === null || !("statusCode" in result)) {
    sendJson(response, 200, typeof result === "string" ? result : JSON.stringify(result ?? null));
    return;
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = structuredResultSchema.parse(result);
  response.statusCode = statusCode;
  response.setHeader("content-type", "text/plain; charset=utf-8");
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
  endWith(response, Buffer.from(body, isBase64Encoded ? "base64" : "utf8"));
}

/** What API Gateway says by itself: `{"message":"Not Found"}`. */
export function sendMessage(response: ServerResponse, status: number, message: string): void {
  sendJson(response, status, JSON.stringify({ message }));
}

function sendJson(response: ServerResponse, status: number, body: string): void {
  response.statusCode = status;
  response.setHeader("content-type", "application/json");
  endWith(response, Buffer.from(body));
}

function endWith(response: ServerResponse, body: Buffer): void {
  const sent = compressAtEdge(response, body);
  response.removeHeader("transfer-encoding");
  response.setHeader("content-length", sent.length);
  response.end(sent);
}
