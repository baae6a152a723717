import {
  DescribeSecretCommand,
  ListSecretsCommand,
  TagResourceCommand as TagSecretCommand,
  UntagResourceCommand as UntagSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import {
  DeleteStateMachineCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { ACCOUNT, STATE_MACHINE_ARN, STRIPE_SECRET_ID } from "#infra/local/names.ts";
import { postToAws } from "#test/support/sign-request.ts";
import { startTestEndpoint } from "./endpoint-fixture.ts";

const form = { "content-type": "application/x-www-form-urlencoded" };
const whoAmI = "Action=GetCallerIdentity&Version=2011-06-15";

test("whoever has the key is told whose account this is", async () => {
  const { url, accessKey } = await startTestEndpoint();
  const answer = await postToAws({ url, target: "sts.GetCallerIdentity", body: whoAmI }, accessKey);
  expect(answer.headers.get("content-type")).toBe("text/xml");
  expect(await answer.text()).toContain(
    `<GetCallerIdentityResult><UserId>${ACCOUNT}</UserId><Account>${ACCOUNT}</Account>`,
  );
});

test("without the key the older protocol is refused in its own words", async () => {
  const { url } = await startTestEndpoint();
  const answer = await fetch(url, { method: "POST", headers: form, body: whoAmI });
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain("<Code>MissingAuthenticationToken</Code>");
});

test("secrets are listed without their values", async () => {
  const { secretsManager } = await startTestEndpoint();
  const listed = await secretsManager.send(new ListSecretsCommand({}));
  expect(listed.SecretList).toEqual([
    expect.objectContaining({ Name: STRIPE_SECRET_ID, LastChangedDate: expect.any(Date) }),
  ]);
  expect(JSON.stringify(listed)).not.toContain("sk_test");
  await expect(secretsManager.send(new ListSecretsCommand({ NextToken: "made-up" }))).rejects.toMatchObject({
    name: "InvalidNextTokenException",
  });
});

test("tags outlive a restart and can be taken off", async () => {
  const first = await startTestEndpoint();
  const tags = [
    { key: "team", value: "courses" },
    { key: "stage", value: "local" },
  ];
  await first.sfn.send(new TagResourceCommand({ resourceArn: STATE_MACHINE_ARN, tags }));
  const Tags = [{ Key: "team", Value: "courses" }];
  await first.secretsManager.send(new TagSecretCommand({ SecretId: STRIPE_SECRET_ID, Tags }));
  await first.close();

  const { sfn, secretsManager } = await startTestEndpoint({ dataDir: first.dataDir });
  await sfn.send(new UntagResourceCommand({ resourceArn: STATE_MACHINE_ARN, tagKeys: ["stage"] }));
  const listed = await sfn.send(new ListTagsForResourceCommand({ resourceArn: STATE_MACHINE_ARN }));
  expect(listed.tags).toEqual([tags[0]]);
  const describe = () => secretsManager.send(new DescribeSecretCommand({ SecretId: STRIPE_SECRET_ID }));
  expect((await describe()).Tags).toEqual(Tags);
  await secretsManager.send(new UntagSecretCommand({ SecretId: STRIPE_SECRET_ID, TagKeys: ["team"] }));
  expect((await describe()).Tags).toEqual([]);
});

test("what is not there is refused with the names of what is", async () => {
  const { sfn, url, accessKey } = await startTestEndpoint();
  await expect(
    sfn.send(new DeleteStateMachineCommand({ stateMachineArn: STATE_MACHINE_ARN })),
  ).rejects.toMatchObject({
    name: "UnknownOperationException",
    message: expect.stringMatching(
      /^DeleteStateMachine is not available here\. .*DescribeExecution, .*StopExecution/,
    ),
  });
  const unknown = await postToAws({ url, target: "Kinesis_20131202.PutRecord", body: "{}" }, accessKey);
  expect(await unknown.json()).toMatchObject({
    message: expect.stringContaining("AWSStepFunctions, AmazonSQS, DynamoDB_20120810, secretsmanager, sts"),
  });
});
