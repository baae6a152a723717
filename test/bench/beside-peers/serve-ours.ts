/** Our webhook's bundle behind a bare server, which makes of a request what the gateway makes of it. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { createGatewayEvent } from "#infra/local/http-api/gateway-event.ts";

// Beside this file's own bundle lies the one that is deployed.
const bundle = "./index.mjs";
const { handler } = (await import(bundle)) as {
  handler: (event: object) => Promise<APIGatewayProxyStructuredResultV2>;
};
const route = { method: "POST", path: "/api/webhooks/stripe", access: "stripe" } as const;

createServer((request, response) => void answer(request, response)).listen(
  Number(process.env["PORT"]),
  "127.0.0.1",
);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const event = await createGatewayEvent(request, { route, pathParameters: {} }, undefined);
  const { statusCode = 500, headers, body } = await handler(event);
  response.writeHead(statusCode, headers as Record<string, string>).end(body);
}
