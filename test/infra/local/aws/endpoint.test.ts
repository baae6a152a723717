import { once } from "node:events";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { request } from "node:http";
import path from "node:path";
import { CreateTableCommand, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { DeleteStateMachineCommand } from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { startAwsEndpoint } from "#infra/local/aws/endpoint.ts";
import { STATE_MACHINE_ARN, TABLE_NAME } from "#infra/local/names.ts";
import { LocalSetupError } from "#infra/local/settings.ts";
import { postToAws } from "#test/support/sign-request.ts";
import { createDataDir, createOptions, startTestEndpoint } from "./endpoint-fixture.ts";

test("items survive a restart, and conditional writes are kept", async () => {
  const first = await startTestEndpoint();
  await first.dynamoDb.send(
    new CreateTableCommand({
      TableName: TABLE_NAME,
      AttributeDefinitions: [{ AttributeName: "PK", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "PK", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  const put = new PutItemCommand({
    TableName: TABLE_NAME,
    Item: { PK: { S: "COURSE#é" } },
    ConditionExpression: "attribute_not_exists(PK)",
  });
  await expect.poll(() => first.dynamoDb.send(put).then(() => "put")).toBe("put");
  await first.close();

  const second = await startTestEndpoint({ dataDir: first.dataDir });
  const get = new GetItemCommand({ TableName: TABLE_NAME, Key: { PK: { S: "COURSE#é" } } });
  expect((await second.dynamoDb.send(get)).Item).toEqual({ PK: { S: "COURSE#é" } });
  await expect(second.dynamoDb.send(put)).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
});

test("what is not there is refused by name", async () => {
  const { sfn, url, accessKey } = await startTestEndpoint();
  await expect(
    sfn.send(new DeleteStateMachineCommand({ stateMachineArn: STATE_MACHINE_ARN })),
  ).rejects.toMatchObject({ name: "UnknownOperationException", $metadata: { httpStatusCode: 400 } });
  const unknown = await postToAws({ url, target: "Kinesis.PutRecord", body: "" }, accessKey);
  expect(unknown.status).toBe(400);
  expect(await unknown.json()).toMatchObject({ __type: "UnknownOperationException" });
  const notJson = await postToAws({ url, target: "AWSStepFunctions.ListExecutions", body: "{" }, accessKey);
  expect(await notJson.json()).toMatchObject({ __type: "com.amazonaws.states#SerializationException" });
});

test.each([
  ["announced", { "content-length": 11 * 1024 * 1024 }],
  ["in chunks", {}],
])("a body over 10 MB, %s, gets 413", async (_how, headers) => {
  const { url } = await startTestEndpoint();
  const sent = request(url, {
    method: "POST",
    headers: { ...headers, "x-amz-target": "AWSStepFunctions.StartExecution" },
  });
  // The rest of the body meets a closed connection.
  sent.on("error", () => undefined);
  sent.write(Buffer.alloc(11 * 1024 * 1024, "x"));
  const [response] = await once(sent, "response");
  expect(response.statusCode).toBe(413);
  sent.destroy();
});

test("data that another process uses is refused in one sentence", async () => {
  const { dataDir } = await startTestEndpoint();
  const error = await startAwsEndpoint(await createOptions({ dataDir })).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(LocalSetupError);
  expect(error).toMatchObject({
    message: expect.stringMatching(/^Another process .+: stop that process.+\.$/),
  });
});

test.each(["state", "dynamodb"])("damaged data in %s is refused in one sentence", async (part) => {
  const endpoint = await startTestEndpoint();
  const { dataDir } = endpoint;
  await endpoint.close();
  for (const file of await readdir(path.join(dataDir, part))) {
    if (/^(CURRENT|MANIFEST)/.test(file)) await writeFile(path.join(dataDir, part, file), "damaged");
  }
  await expect(startAwsEndpoint(await createOptions({ dataDir }))).rejects.toMatchObject({
    name: "LocalSetupError",
    message: expect.stringMatching(/is damaged: .*`npm start -- --fresh`\.$/),
  });
});

test("a port that is taken is refused in one sentence, and the data can be used at once", async () => {
  const { port } = await startTestEndpoint();
  const dataDir = await createDataDir();
  await mkdir(dataDir, { recursive: true });
  const options = await createOptions({ dataDir });
  await expect(startAwsEndpoint({ ...options, port })).rejects.toMatchObject({
    name: "LocalSetupError",
    message: expect.stringContaining(`Port ${port} is in use`),
  });
  const endpoint = await startAwsEndpoint(options);
  await endpoint.close();
});
