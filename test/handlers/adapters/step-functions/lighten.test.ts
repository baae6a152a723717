import { createServer, type IncomingMessage } from "node:http";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { createAwsClient } from "#handlers/adapters/aws-client.ts";
import { PATIENCE } from "#handlers/adapters/patience.ts";
import { LIGHT, lighten } from "#handlers/adapters/step-functions/lighten.ts";
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
      const answer = JSON.stringify(isRefused ? { __type: "ThrottlingException" } : { executionArn: "arn" });
      response.write(answer.slice(0, 9), () => response.end(answer.slice(9)));
    });
  });
  const endpoint = `http://localhost:${await listenOnLoopback(server, 0)}`;
  onTestFinished(() => closeServer(server));
  const more = { ...LIGHT, endpoint, region: "us-east-1", credentials };
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

interface Asked {
  headers: Record<string, string>;
  [part: string]: unknown;
}

/** @returns what a client would send; the connection is lost before it is sent */
async function requestOf(createClient: (more: object) => SFNClient): Promise<Asked> {
  const asked: Asked[] = [];
  const requestHandler = {
    async handle(request: Asked) {
      asked.push(request);
      throw new Error("not sent");
    },
  };
  const client = createClient({ requestHandler, maxAttempts: 1, credentials: key("one") });
  await expect(client.send(command())).rejects.toThrow("not sent");
  return asked[0] as Asked;
}

/** Which differ between two requests of one client, or on purpose: how long a body is, is Node's to say. */
const OWN_HEADERS =
  /^(authorization|amz-sdk-invocation-id|amz-sdk-request|x-amz-user-agent|user-agent|content-length)$/;

afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

test.each([
  { AWS_REGION: "eu-central-1" },
  { AWS_REGION: "cn-north-1" },
  { AWS_REGION: "us-east-1", AWS_USE_FIPS_ENDPOINT: "true" },
  { AWS_REGION: "us-east-1", AWS_USE_DUALSTACK_ENDPOINT: "true" },
  { AWS_REGION: "us-east-1", AWS_ENDPOINT_URL: "http://localhost:1/below" },
  { AWS_REGION: "us-east-1", AWS_ENDPOINT_URL_SFN: "http://localhost:2" },
])("with %o it asks what the SDK's own client would ask, at the same place", async (environment) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.useFakeTimers({ toFake: ["Date"] });
  const [light, own] = await Promise.all([
    requestOf((more) => lighten(createAwsClient(SFNClient, PATIENCE.webhook, { ...LIGHT, ...more }))),
    requestOf((more) => new SFNClient(more)),
  ]);
  const headersOf = ({ headers }: Asked) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.test(name)));
  expect({ ...light, headers: headersOf(light) }).toEqual({ ...own, headers: headersOf(own) });
  expect(light.headers["authorization"]?.split(", ")[0]).toBe(own.headers["authorization"]?.split(", ")[0]);
});

test("the body's length is told, and the answer is read whatever pieces it comes in", async () => {
  const { client, heard } = await startClient(async () => key("one"));
  await expect(client.send(command())).resolves.toMatchObject({ executionArn: "arn" });
  const { input } = command();
  expect(heard[0]?.["content-length"]).toBe(String(JSON.stringify(input).length));
});
