/** Our webhook's bundle behind a bare server: what a gateway adds to a request is the gateway's, so only what is read is made. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { webhookEvent } from "#test/support/gateway-events.ts";

// Beside this file's own bundle lies the one that is deployed.
const bundle = "./index.mjs";
const { handler } = (await import(bundle)) as {
  handler: (event: object) => Promise<APIGatewayProxyStructuredResultV2>;
};

createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => void answer(request, Buffer.concat(parts).toString("utf8"), response));
}).listen(Number(process.env["PORT"]), "127.0.0.1");

async function answer({ headers }: IncomingMessage, text: string, response: ServerResponse): Promise<void> {
  const signature = headers["stripe-signature"]?.toString();
  const { statusCode = 500, headers: answered, body } = await handler(webhookEvent(text, signature));
  response.writeHead(statusCode, answered as Record<string, string>).end(body);
}
