/** Reads AWS requests off HTTP and writes the answers. */

import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AccessKey } from "#infra/one-machine/access-key.ts";
import { isFromAnotherSite, isLoopbackHost } from "#infra/one-machine/loopback.ts";
import { FAULTS_PATH, type Faults } from "./faults.ts";
import { errorReply } from "./json-service.ts";
import { isQuery, readQuery, toQueryReply } from "./query-protocol.ts";
import { refuseUnsigned } from "./require-signature.ts";
import { type AwsReply, type AwsService, ServiceError } from "./wire.ts";

const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

/** Longer than any client keeps an idle connection, so that none is closed under a request. */
const KEEP_ALIVE_MS = 120_000;

export function createHttpEndpoint(answer: AwsService, faults: Faults, accessKey: AccessKey): Server {
  const server = createServer((message, response) => {
    void handle(message, response, { answer, faults, accessKey }).catch((error: unknown) => {
      if (!message.destroyed) send(response, errorReply(error));
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return server;
}

async function handle(
  message: IncomingMessage,
  response: ServerResponse,
  { answer, faults, accessKey }: { answer: AwsService; faults: Faults; accessKey: AccessKey },
) {
  const { headers, method } = message;
  if (!isLoopbackHost(headers.host)) {
    throw new ServiceError("MisdirectedRequest", "This endpoint only answers to localhost.", 421);
  }
  if (isFromAnotherSite(headers)) {
    throw new ServiceError("AccessDeniedException", "This endpoint answers no page of another site.", 403);
  }
  if (message.url === FAULTS_PATH) return send(response, faults.control(message, await readBody(message)));
  if (method !== "POST") {
    throw new ServiceError(
      "UnknownOperationException",
      "Step Functions, DynamoDB, SQS, Secrets Manager and STS are here, and their requests are POSTs.",
      404,
    );
  }
  const sent = await readBody(message);
  const refusal = refuseUnsigned({ method, url: message.url ?? "/", headers, body: sent }, accessKey);
  const asked = isQuery(headers)
    ? readQuery(headers, sent)
    : { target: String(headers["x-amz-target"] ?? ""), body: sent };
  const operation = asked.target.slice(asked.target.indexOf(".") + 1);
  const isAbandoned = () => message.socket.destroyed;
  const reply = refusal ?? (await answer({ ...asked, operation, headers, isAbandoned }));
  send(response, isQuery(headers) ? toQueryReply(operation, reply) : reply);
}

/** @throws ServiceError 413, which the client can still read: what follows is left unread */
function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    if (Number(message.headers["content-length"] ?? 0) > LARGEST_BODY_BYTES) reject(tooLarge());
    message.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= LARGEST_BODY_BYTES) chunks.push(chunk);
      else reject(tooLarge());
    });
    message.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    message.on("error", reject);
  });
}

const tooLarge = () =>
  new ServiceError("RequestEntityTooLarge", `A request may have ${LARGEST_BODY_BYTES} bytes at most.`, 413);

function send(response: ServerResponse, { status, headers, body }: AwsReply) {
  if (response.destroyed) return;
  response.writeHead(status, {
    ...headers,
    "content-length": Buffer.byteLength(body),
    "x-amzn-requestid": headers["x-amzn-requestid"] ?? randomUUID(),
    // What was not read to its end cannot be followed by another request.
    ...(status === 413 && { connection: "close" }),
  });
  response.end(body);
}
