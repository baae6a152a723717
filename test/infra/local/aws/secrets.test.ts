import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
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

test("labels move to the version that was written with them, and a version without any is found by its id", async () => {
  const { secretsManager } = await startTestEndpoint();
  const SecretId = "made/by-hand";
  const made = await secretsManager.send(new CreateSecretCommand({ Name: SecretId, SecretString: "first" }));
  const put = (SecretString: string, VersionStages?: string[]) =>
    secretsManager.send(new PutSecretValueCommand({ SecretId, SecretString, VersionStages }));
  const [second, third] = [await put("second", ["AWSPENDING", "MINE"]), await put("third", ["MINE"])];
  expect(await secretsManager.send(get({ SecretId }))).toMatchObject({ SecretString: "first" });
  expect(await secretsManager.send(get({ SecretId, VersionStage: "MINE" }))).toMatchObject({
    SecretString: "third",
  });
  await put("fourth");
  await put("fifth");
  const list = (IncludeDeprecated: boolean) =>
    secretsManager.send(new ListSecretVersionIdsCommand({ SecretId, IncludeDeprecated }));
  const labelsOf = ({ Versions = [] }: Awaited<ReturnType<typeof list>>) =>
    Versions.map(({ VersionStages }) => VersionStages);
  const labelled = [["AWSPENDING"], ["MINE"], ["AWSPREVIOUS"], ["AWSCURRENT"]];
  expect(labelsOf(await list(false))).toEqual(labelled);
  expect(labelsOf(await list(true))).toEqual([undefined, ...labelled]);
  expect((await list(false)).Versions?.slice(0, 2)).toMatchObject(
    [second, third].map(({ VersionId }) => ({ VersionId })),
  );
  const { SecretString } = await secretsManager.send(get({ SecretId, VersionId: made.VersionId ?? "" }));
  expect(SecretString).toBe("first");
});

test("what Secrets Manager refuses is refused by the name that it gives it", async () => {
  const { secretsManager } = await startTestEndpoint();
  const create = (input: object) =>
    secretsManager.send(new CreateSecretCommand({ Name: "new", SecretString: "x", ...input }));
  const refused = (name: string) => ({ name });
  await expect(create({ Name: "no spaces" })).rejects.toMatchObject(refused("ValidationException"));
  await expect(create({ SecretString: "" })).rejects.toMatchObject(refused("ValidationException"));
  await expect(create({ SecretString: "x".repeat(65_537) })).rejects.toMatchObject(
    refused("ValidationException"),
  );
  await expect(create({ Name: STRIPE_SECRET_ID })).rejects.toMatchObject(refused("ResourceExistsException"));
  await expect(create({ KmsKeyId: "a-key" })).rejects.toMatchObject(refused("InvalidParameterException"));
  const { VersionId = "" } = await secretsManager.send(get());
  await expect(secretsManager.send(get({ VersionId, VersionStage: "AWSPREVIOUS" }))).rejects.toMatchObject(
    refused("InvalidRequestException"),
  );
});
