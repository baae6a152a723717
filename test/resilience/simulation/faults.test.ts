import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ListStateMachinesCommand, SFNClient } from "@aws-sdk/client-sfn";
import { GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import { Stripe } from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAwsClient } from "#handlers/adapters/aws-client.ts";
import { isTransient } from "#handlers/adapters/transient-errors.ts";
import { createFault, type Outcome, type Service } from "./faults.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Each service's own names for the same trouble, as AWS sends them. */
const CODES: Partial<Record<Service, Partial<Record<Outcome, string>>>> = {
  dynamodb: { throttled: "ProvisionedThroughputExceededException", "failed-there": "InternalServerError" },
  sqs: { throttled: "RequestThrottled" },
};
const SENT: Partial<Record<Outcome, [status: number, code: string]>> = {
  throttled: [400, "ThrottlingException"],
  "failed-there": [500, "InternalFailure"],
};
const SERVICES = ["dynamodb", "states", "sqs", "secrets", "stripe"] as const;
const OUTCOMES = ["refused", "throttled", "failed-there", "timed-out", "answer-lost"] as const;

let answer: Answer = () => undefined;
const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => answer(request, response));
});
let url: string;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function answerTo(service: Service, outcome: Outcome): Answer {
  const [status, code] = SENT[outcome] ?? [];
  if (outcome === "answer-lost") return ({ socket }) => socket.destroy();
  if (!status) return () => undefined;
  return (_request, response) => {
    response.writeHead(service === "stripe" && outcome === "throttled" ? 429 : status);
    const error = {
      type: "invalid_request_error",
      code: "rate_limit",
      message: "Request rate limit exceeded.",
    };
    const ofAws = { __type: CODES[service]?.[outcome] ?? code, message: "as AWS has it" };
    const ofStripe = outcome === "throttled" ? JSON.stringify({ error }) : "<html>";
    response.end(service === "stripe" ? ofStripe : JSON.stringify(ofAws));
  };
}

function call(service: Service, endpoint: string): Promise<unknown> {
  const patience = { attempts: 2, attemptMs: 200 };
  const more = { endpoint, region: "us-east-1", credentials: { accessKeyId: "any", secretAccessKey: "any" } };
  const { hostname: host, port } = new URL(endpoint);
  const stripe = () =>
    new Stripe("sk_test_any", { host, port, protocol: "http", timeout: 200, maxNetworkRetries: 0 });
  switch (service) {
    case "dynamodb":
      return createAwsClient(DynamoDBClient, patience, more).send(
        new GetItemCommand({ TableName: "any", Key: { PK: { S: "1" } } }),
      );
    case "states":
      return createAwsClient(SFNClient, patience, more).send(new ListStateMachinesCommand());
    case "sqs":
      return createAwsClient(SQSClient, patience, more).send(new GetQueueUrlCommand({ QueueName: "any" }));
    case "secrets":
      return createAwsClient(SecretsManagerClient, patience, more).send(
        new GetSecretValueCommand({ SecretId: "any" }),
      );
    default:
      return stripe().checkout.sessions.retrieve("cs_any");
  }
}

/** All that a program can tell one error from another by. */
function signsOf(error: unknown) {
  const { name, constructor, code, type, statusCode, $fault, $metadata } = error as Error &
    Record<string, unknown>;
  const { httpStatusCode } = ($metadata ?? {}) as { httpStatusCode?: number };
  const isOfStripe = typeof type === "string";
  return {
    kind: constructor.name,
    name,
    code,
    type,
    statusCode,
    $fault,
    httpStatusCode,
    passes: !isOfStripe && isTransient(error),
  };
}

const cases = SERVICES.flatMap((service) => OUTCOMES.map((outcome) => [service, outcome] as const));

test.each(cases)("the simulation's %s that is %s throws what the SDK throws", async (service, outcome) => {
  answer = answerTo(service, outcome);
  const endpoint = outcome === "refused" ? "http://localhost:1" : url;
  const error: unknown = await call(service, endpoint).catch((thrown: unknown) => thrown);
  expect(signsOf(createFault(service, outcome))).toEqual(signsOf(error));
});
