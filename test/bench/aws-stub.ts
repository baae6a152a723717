/** A process that answers AWS requests with as little work as can be, and whose table can be slow or down. */
import { createServer, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { listenOnLoopback } from "#infra/one-machine/loopback.ts";

export type TableState = "healthy" | "slow" | "down";

const SLOW_MS = 200;
let table: TableState = "healthy";

const secret = {
  STRIPE_SECRET_KEY: "sk_test_1",
  STRIPE_PUBLISHABLE_KEY: "pk_test_1",
  STRIPE_WEBHOOK_SECRET: STAND_IN_STRIPE.webhookSecret,
};

const answers: Record<string, string> = {
  "AWSStepFunctions.StartExecution": JSON.stringify({ executionArn: "arn", startDate: 1 }),
  "secretsmanager.GetSecretValue": JSON.stringify({ SecretString: JSON.stringify(secret) }),
};

const server = createServer((request, response) => {
  request.resume().on("end", () => void answer(String(request.headers["x-amz-target"]), response));
});

async function answer(target: string, response: ServerResponse): Promise<void> {
  const isTable = target.startsWith("DynamoDB");
  if (isTable && table === "slow") await pause(SLOW_MS);
  const status = isTable && table === "down" ? 500 : 200;
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
  response.end(answers[target] ?? "{}");
}

server.keepAliveTimeout = 60_000;

const port = await listenOnLoopback(server, 0);
process.on("message", (state: TableState) => {
  table = state;
  process.send?.({ table });
});
process.on("disconnect", () => process.exit());
process.send?.({ url: `http://localhost:${port}` });
