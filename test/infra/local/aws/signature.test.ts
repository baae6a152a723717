import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { ListStateMachinesCommand } from "@aws-sdk/client-sfn";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { STRIPE_SECRET_ID, TABLE_NAME } from "#infra/local/names.ts";
import type { AccessKey } from "#infra/one-machine/access-key.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";
import { postToAws, signRequest } from "#test/support/sign-request.ts";
import { createClients, startTestEndpoint } from "./endpoint-fixture.ts";

/** One call to each service. */
function callAll(url: string, key?: AccessKey) {
  const { sfn, sqs, dynamoDb, secretsManager } = createClients(url, key);
  const item = new GetItemCommand({ TableName: TABLE_NAME, Key: { PK: { S: "x" }, SK: { S: "x" } } });
  return {
    "Step Functions": sfn.send(new ListStateMachinesCommand({})),
    SQS: sqs.send(new ListQueuesCommand({})),
    DynamoDB: dynamoDb.send(item).catch((error: Error) => {
      // There is no table; whoever is told so was let in.
      if (error.name !== "ResourceNotFoundException") throw error;
    }),
    "Secrets Manager": secretsManager.send(new GetSecretValueCommand({ SecretId: STRIPE_SECRET_ID })),
  };
}

const settle = (calls: Record<string, Promise<unknown>>) =>
  Promise.all(
    Object.entries(calls).map(async ([service, call]) => {
      const error = await call.then(
        () => undefined,
        (thrown: Error & { $metadata: { httpStatusCode: number } }) => thrown,
      );
      return [service, error?.name ?? "let in", error?.$metadata.httpStatusCode ?? 200];
    }),
  );

describe("every service", () => {
  test("lets the SDK in that signs with the key", async () => {
    const { url } = await startTestEndpoint();
    expect(await settle(callAll(url))).toEqual([
      ["Step Functions", "let in", 200],
      ["SQS", "let in", 200],
      ["DynamoDB", "let in", 200],
      ["Secrets Manager", "let in", 200],
    ]);
  });

  test("refuses another key, as AWS does", async () => {
    const { url } = await startTestEndpoint();
    const key = { ...TEST_ACCESS_KEY, accessKeyId: "local" };
    expect(await settle(callAll(url, key))).toEqual([
      ["Step Functions", "UnrecognizedClientException", 400],
      ["SQS", "InvalidClientTokenId", 403],
      ["DynamoDB", "UnrecognizedClientException", 400],
      ["Secrets Manager", "UnrecognizedClientException", 400],
    ]);
  });

  test("refuses the key's id with another secret, as AWS does", async () => {
    const { url } = await startTestEndpoint();
    const key = { ...TEST_ACCESS_KEY, secretAccessKey: "guessed" };
    expect(await settle(callAll(url, key))).toEqual([
      ["Step Functions", "InvalidSignatureException", 400],
      ["SQS", "SignatureDoesNotMatch", 403],
      ["DynamoDB", "InvalidSignatureException", 400],
      ["Secrets Manager", "InvalidSignatureException", 400],
    ]);
  });
});

describe("a signature", () => {
  const target = "secretsmanager.GetSecretValue";
  const body = JSON.stringify({ SecretId: STRIPE_SECRET_ID });

  test("is needed", async () => {
    const { url } = await startTestEndpoint();
    for (const authorization of [undefined, "Bearer sk_test", "AWS4-HMAC-SHA256 Credential=x"]) {
      const headers = { "x-amz-target": target, ...(authorization && { authorization }) };
      const answer = await fetch(url, { method: "POST", headers, body });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({
        __type: "com.amazon.coral.service#MissingAuthenticationTokenException",
      });
    }
  });

  test("is of one body, one operation and one moment", async () => {
    const { url } = await startTestEndpoint();
    const call = { url: `${url}/`, target, body };
    expect((await postToAws(call, TEST_ACCESS_KEY)).status).toBe(200);
    const headers = await signRequest(call, TEST_ACCESS_KEY);
    const send = async (changed: Record<string, string>, changedBody = body) =>
      (await fetch(call.url, { method: "POST", headers: { ...headers, ...changed }, body: changedBody }))
        .status;
    expect(await send({})).toBe(200);
    expect(await send({}, `${body} `)).toBe(400);
    expect(await send({ "x-amz-target": "secretsmanager.PutSecretValue" })).toBe(400);
    expect(await send({ "x-amz-date": "20200101T000000Z" })).toBe(400);
  });
});
