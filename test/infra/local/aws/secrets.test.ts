import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
} from "@aws-sdk/client-secrets-manager";
import { expect, test } from "vitest";
import { STRIPE_SECRET_ID } from "#infra/local/names.ts";
import { startTestEndpoint } from "./endpoint-fixture.ts";

const get = (input: { VersionId?: string; VersionStage?: string; SecretId?: string | undefined } = {}) =>
  new GetSecretValueCommand({ SecretId: STRIPE_SECRET_ID, ...input });

test("a secret is found by its name and by its ARN", async () => {
  const { secretsManager } = await startTestEndpoint();
  const secret = await secretsManager.send(get());
  expect(JSON.parse(secret.SecretString ?? "")).toEqual({ STRIPE_SECRET_KEY: "sk_test_initial" });
  expect(secret).toMatchObject({ Name: STRIPE_SECRET_ID, VersionStages: ["AWSCURRENT"] });
  expect(await secretsManager.send(get({ SecretId: secret.ARN }))).toMatchObject({
    VersionId: secret.VersionId,
  });
});

test("a new version becomes the current one, outlives a restart, and the last one stays readable", async () => {
  const first = await startTestEndpoint();
  const before = await first.secretsManager.send(get());
  const put = await first.secretsManager.send(
    new PutSecretValueCommand({ SecretId: STRIPE_SECRET_ID, SecretString: '{"rotated":true}' }),
  );
  expect(put.VersionStages).toEqual(["AWSCURRENT"]);
  await first.close();

  const { secretsManager } = await startTestEndpoint({ dataDir: first.dataDir });
  expect(await secretsManager.send(get())).toMatchObject({
    SecretString: '{"rotated":true}',
    VersionId: put.VersionId,
  });
  const { SecretString, VersionId } = before;
  expect(await secretsManager.send(get({ VersionStage: "AWSPREVIOUS" }))).toMatchObject({ SecretString });
  expect(await secretsManager.send(get({ VersionId: VersionId ?? "" }))).toMatchObject({ SecretString });
  const described = await secretsManager.send(new DescribeSecretCommand({ SecretId: STRIPE_SECRET_ID }));
  expect(described.VersionIdsToStages).toEqual({
    [put.VersionId ?? ""]: ["AWSCURRENT"],
    [VersionId ?? ""]: ["AWSPREVIOUS"],
  });
});

test("an unknown secret is refused with the SDK's own error", async () => {
  const { secretsManager } = await startTestEndpoint();
  const refusal = { name: "ResourceNotFoundException", message: expect.stringContaining("can't find") };
  await expect(secretsManager.send(get({ SecretId: "nobodys" }))).rejects.toMatchObject(refusal);
  await expect(
    secretsManager.send(new PutSecretValueCommand({ SecretId: "nobodys", SecretString: "{}" })),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("a call that is repeated with its token changes nothing, and its token takes no other value", async () => {
  const { secretsManager } = await startTestEndpoint();
  const put = (SecretString: string) =>
    secretsManager.send(
      new PutSecretValueCommand({
        SecretId: STRIPE_SECRET_ID,
        SecretString,
        ClientRequestToken: "7b1f9c55-6d4e-4c2f-9d1f-2f6c1f0a8e11",
      }),
    );
  const before = await secretsManager.send(get());
  const { VersionId, VersionStages } = await put('{"rotated":true}');
  await expect(put('{"rotated":true}')).resolves.toMatchObject({ VersionId, VersionStages });
  await expect(put('{"rotated":"twice"}')).rejects.toMatchObject({ name: "ResourceExistsException" });
  expect(await secretsManager.send(get({ VersionStage: "AWSPREVIOUS" }))).toMatchObject({
    SecretString: before.SecretString,
  });
  expect(await secretsManager.send(get())).toMatchObject({ SecretString: '{"rotated":true}' });
});
