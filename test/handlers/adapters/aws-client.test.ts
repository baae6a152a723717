import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { expect, onTestFinished, test } from "vitest";
import { createAwsClient } from "#handlers/adapters/aws-client.ts";
import { longestOf, type Patience } from "#handlers/adapters/patience.ts";
import { startHangingService } from "#test/support/hanging-service.ts";

/** Many short tries: their pauses leave a busy machine seconds for the second. */
const SHORT_TRIES = { attempts: 5, attemptMs: 50 };
const ONE_TRY = { attempts: 1, attemptMs: 200 };
const command = new GetSecretValueCommand({ SecretId: "any" });

const createClient = (endpoint: string, patience: Patience) =>
  createAwsClient(SecretsManagerClient, patience, {
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
  });

/** Of the end that a call has beside those of its tries. */
const ALL_OVER = "not over after";
const inVain = { name: "TimeoutError", dependency: "SecretsManager GetSecretValue" };

test.each([
  ["never answers", ""],
  ["never comes to the end of its headers", "HTTP/1.1 200 OK\r\n"],
])("each try ends by itself at a service that takes the connection and %s", async (_what, begins) => {
  const service = await startHangingService(begins);
  onTestFinished(() => service.close());
  await expect(createClient(service.url, SHORT_TRIES).send(command)).rejects.toMatchObject({
    ...inVain,
    message: expect.not.stringContaining(ALL_OVER) as string,
  });
  expect(service.taken()).toBeGreaterThan(1);
});

test("a call ends whatever comes in the meantime: an answer that trickles in is never idle", async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
    const trickle = setInterval(() => response.write(" "), ONE_TRY.attemptMs / 10);
    response.on("close", () => clearInterval(trickle));
  }).listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await expect(createClient(`http://localhost:${port}`, ONE_TRY).send(command)).rejects.toMatchObject({
    ...inVain,
    message: expect.stringContaining(`${ALL_OVER} ${longestOf(ONE_TRY)} ms`) as string,
  });
});

test("no copy is made of an answer for a log that nobody keeps", () => {
  const logs = (client: SecretsManagerClient) =>
    client.middlewareStack.identify().filter((middleware) => middleware.startsWith("loggerMiddleware"));
  expect(logs(new SecretsManagerClient({ region: "us-east-1" }))).toHaveLength(1);
  expect(logs(createClient("http://localhost:1", ONE_TRY))).toEqual([]);
});
