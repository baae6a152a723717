/** A request's body in the form in which API Gateway hands it to a Lambda function. */
import type { IncomingMessage } from "node:http";

/** API Gateway's limit for an HTTP API: 10 MB. */
const MOST_BYTES = 10 * 1024 * 1024;

export class BodyTooLarge extends Error {
  override name = "BodyTooLarge";
}

interface EventBody {
  body?: string;
  isBase64Encoded: boolean;
}

/**
 * Text for these content types and base64 for every other, a missing one and form data included. AWS does not document
 * the list; it is what people saw a live HTTP API do (ministackorg/ministack, pull request 766).
 */
function isText(contentType: string): boolean {
  return /^(text\/[^;]*|application\/(json|xml|javascript))\s*(;|$)/i.test(contentType.trim());
}

/** @throws BodyTooLarge after the whole body has arrived, so that the client gets to read the answer */
export async function readEventBody(request: IncomingMessage): Promise<EventBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  if (size > MOST_BYTES) throw new BodyTooLarge();
  if (size === 0) return { isBase64Encoded: false };
  const isBase64Encoded = !isText(request.headers["content-type"] ?? "");
  return { body: Buffer.concat(chunks).toString(isBase64Encoded ? "base64" : "utf8"), isBase64Encoded };
}
