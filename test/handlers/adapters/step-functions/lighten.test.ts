import { createServer, type IncomingMessage } from "node:http";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { expect, onTestFinished, test } from "vitest";
import { createAwsClient } from "#handlers/adapters/aws-client.ts";
import { PATIENCE } from "#handlers/adapters/patience.ts";
import { lighten } from "#handlers/adapters/step-functions/lighten.ts";
import { closeServer, listenOnLoopback } from "#infra/one-machine/loopback.ts";

const command = () => new StartExecutionCommand({ stateMachineArn: "arn", name: "evt_1", input: "{}" });

/** @param refusals answered first, as Step Functions says that it is asked too much */
async function startClient(credentials: () => Promise<object>, refusals = 0) {
  const heard: IncomingMessage["headers"][] = [];
  const server = createServer((request, response) => {
    heard.push(request.headers);
    const isRefused = heard.length <= refusals;
    request.resume().on("end", () => {
      response.writeHead(isRefused ? 400 : 200, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify(isRefused ? { __type: "ThrottlingException" } : { executionArn: "arn" }));
    });
  });
  const endpoint = `http://localhost:${await listenOnLoopback(server, 0)}`;
  onTestFinished(() => closeServer(server));
  const more = { endpoint, region: "us-east-1", cacheMiddleware: true, credentials };
  return { client: lighten(createAwsClient(SFNClient, PATIENCE.webhook, more as object)), heard };
}

const key = (accessKeyId: string) => ({ accessKeyId, secretAccessKey: "secret" });

test("credentials that have run out are asked for again, although the signer is kept", async () => {
  let asked = 0;
  // Over at once, as those of a function's role are after hours.
  const { client, heard } = await startClient(async () => ({
    ...key(`key${++asked}`),
    expiration: new Date(),
  }));
  await client.send(command());
  await client.send(command());
  const signers = heard.map(
    ({ authorization = "" }) => /Credential=(\w+)\/\d{8}\/us-east-1\/states/.exec(authorization)?.[1],
  );
  expect(signers[1]).toMatch(/^key\d$/);
  expect(signers[1]).not.toBe(signers[0]);
});

test("a signer that could not be made is made at the next call", async () => {
  const { client } = await startClient(async () => key("one"));
  const region = client.config.region;
  client.config.region = async () => {
    throw new Error("no region yet");
  };
  await expect(client.send(command())).rejects.toThrow("no region yet");
  client.config.region = region;
  await expect(client.send(command())).resolves.toMatchObject({ executionArn: "arn" });
});

test("a throttled call is tried again, and CloudTrail can tell who calls", async () => {
  const { client, heard } = await startClient(async () => key("one"), 1);
  await expect(client.send(command())).resolves.toMatchObject({ executionArn: "arn" });
  expect(heard.map((headers) => [headers["user-agent"], headers["amz-sdk-request"]])).toEqual([
    ["bursar", "attempt=1; max=2"],
    ["bursar", "attempt=2; max=2"],
  ]);
});
