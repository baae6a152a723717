/** A process that answers for AWS and Stripe with as little work as can be, and whose table can be slow or down. */
import { createHash } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { listenOnLoopback } from "#infra/one-machine/loopback.ts";

export interface StubState {
  table: "healthy" | "slow" | "down";
  /** Whether every execution that is started exists already, and has succeeded. */
  executions: "new" | "known";
}

/** How often each was asked and answered well, e.g. `DynamoDB_20120810.PutItem`. */
export type StubCounts = Record<string, number>;

export type StubRequest = { turn: Partial<StubState> } | { takeCounts: true };

const SLOW_MS = 200;
const START = "AWSStepFunctions.StartExecution";
const SEND = "AmazonSQS.SendMessage";
const state: StubState = { table: "healthy", executions: "new" };
let counts: StubCounts = {};

const secret = {
  STRIPE_SECRET_KEY: "sk_test_1",
  STRIPE_PUBLISHABLE_KEY: "pk_test_1",
  STRIPE_WEBHOOK_SECRET: STAND_IN_STRIPE.webhookSecret,
};

const period = { current_period_start: 1_795_000_000, current_period_end: 1_797_000_000 };
const subscription = {
  id: "sub_1",
  object: "subscription",
  status: "active",
  cancel_at_period_end: false,
  items: { data: [{ id: "si_1", price: { id: "price_course" }, quantity: 1, ...period }] },
};

const answers: Record<string, string> = {
  [START]: JSON.stringify({ executionArn: "arn", startDate: 1 }),
  "secretsmanager.GetSecretValue": JSON.stringify({ SecretString: JSON.stringify(secret) }),
  "DynamoDB_20120810.UpdateItem": JSON.stringify({ Attributes: { id: { S: "1" } } }),
  "GET /v1/subscriptions/sub_1": JSON.stringify(subscription),
};

/** What Step Functions says of an execution that has succeeded. */
const refusals: Record<string, string> = {
  [START]: JSON.stringify({ __type: "ExecutionAlreadyExists" }),
  "AWSStepFunctions.RedriveExecution": JSON.stringify({
    __type: "ExecutionNotRedrivable",
    message: "Execution is SUCCEEDED and cannot be redriven",
  }),
};

const server = createServer((request, response) => {
  const target = String(request.headers["x-amz-target"] ?? `${request.method} ${request.url}`);
  // Its client compares the digest of what was sent; nobody else's body is looked at.
  if (target !== SEND) return request.resume().on("end", () => void answer(target, response));
  let body = "";
  request
    .setEncoding("utf8")
    .on("data", (part: string) => (body += part))
    .on("end", () => void answer(target, response, answerSent(body)));
});

async function answer(target: string, response: ServerResponse, body = answers[target]): Promise<void> {
  const isTable = target.startsWith("DynamoDB");
  if (isTable && state.table === "slow") await pause(SLOW_MS);
  const refusal = state.executions === "known" ? refusals[target] : undefined;
  const isDown = isTable && state.table === "down";
  counts[target] = (counts[target] ?? 0) + (isDown ? 0 : 1);
  response.writeHead(isDown ? 500 : refusal ? 400 : 200, { "content-type": "application/x-amz-json-1.0" });
  response.end(refusal ?? body ?? "{}");
}

let digested = { body: "", answer: "" };
function answerSent(body: string): string {
  if (digested.body === body) return digested.answer;
  const { MessageBody } = JSON.parse(body) as { MessageBody: string };
  const MD5OfMessageBody = createHash("md5").update(MessageBody).digest("hex");
  digested = { body, answer: JSON.stringify({ MessageId: "1", MD5OfMessageBody }) };
  return digested.answer;
}

server.keepAliveTimeout = 60_000;

const port = await listenOnLoopback(server, 0);
process.on("message", (request: StubRequest) => {
  if ("turn" in request) Object.assign(state, request.turn);
  process.send?.(counts);
  if ("takeCounts" in request) counts = {};
});
process.on("disconnect", () => process.exit());
process.send?.({ url: `http://localhost:${port}` });
