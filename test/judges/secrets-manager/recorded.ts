/** What the real Secrets Manager answered, asked of the local one. */
import { randomUUID } from "node:crypto";
import { asText } from "../recorded-calls/answer.ts";
import {
  type Ask,
  judgeCalls,
  type NotHere,
  type Scenario,
  type Scenarios,
} from "../recorded-calls/judge-calls.ts";
import { useSecretsManager } from "../recorded-calls/local-services.ts";

const RECORDING = "secretsmanager/test_secretsmanager";

export const judgeRecordedSecrets = () =>
  judgeCalls("recorded secrets", [RECORDING], useSecretsManager, SCENARIOS, NOT_HERE);

/** The token that boto3 would add. */
const token = () => ({ ClientRequestToken: randomUUID() });

const create = (ask: Ask, Name: string, input: object = { SecretString: "my_secret" }, recorded?: string) =>
  ask("CreateSecret", { Name, ...input, ...token() }, recorded);

const put = (ask: Ask, SecretId: string, input: object, recorded?: string) =>
  ask("PutSecretValue", { SecretId, ...token(), ...input }, recorded);

const get = (ask: Ask, SecretId: unknown, recorded?: string, input: object = {}) =>
  ask("GetSecretValue", { SecretId, ...input }, recorded);

/** Secrets' names, with what the test expected of a part of the ARN; a recording was made with and without it. */
const UPDATED = ["s-c64bdc03", "Valid/_+=.@-Name", "Valid/_+=.@-Name-a1b2", "Valid/_+=.@-Name-a1b2c3-"]
  .flatMap((name) => [name, `${name}-True`])
  .concat("s-4b175f02-True", "Invalid/_+=.@-Name-a1b2c3-False");

/** A name that ends as ARNs do is not found by its ARN without the ending. */
function createAndUpdate(test: string): Scenario {
  const name = test.replace(/-(?:True|False)$/, "");
  const isArnAmbiguous = test.endsWith("-False");
  return async (ask) => {
    const Description = "Testing secret creation.";
    const made = await create(ask, name, { SecretString: "my_secret", Description }, "create_secret_rs_1");
    const arn = asText(made["ARN"]);
    await get(ask, name, "get_secret_value_rs_1");
    await ask("DescribeSecret", { SecretId: name }, "describe_secret_rs_1");
    await get(ask, arn, "get_secret_value_rs_2");
    const partialArn = arn.slice(0, -"-Bursar".length);
    await get(ask, partialArn, isArnAmbiguous ? "resource_not_found_dict_1" : "get_secret_value_rs_3");
    await put(ask, name, { SecretString: "new_secret" }, "put_secret_value_rs_1");
    await get(ask, name, "get_secret_value_rs_4");
    await ask("UpdateSecret", { SecretId: arn, SecretString: "test123", ...token() }, "update_secret_res_1");
  };
}

const INVALID = ["Inv Name", " Inv Name", " Inv*Name? ", " Inv *?!]Name\\\\-"];

function invalidName(name: string): Scenario {
  return async (ask) => {
    const SecretId = name;
    await create(ask, name, { SecretString: "MySecretString" }, "ex_log_1");
    await ask("DescribeSecret", { SecretId }, "ex_log_3");
    await get(ask, name, "ex_log_4");
    await ask("ListSecretVersionIds", { SecretId, IncludeDeprecated: true }, "ex_log_5");
    await put(ask, name, { SecretString: "MySecretString" }, "ex_log_6");
    await ask("TagResource", { SecretId, Tags: [{ Key: "FirstTag", Value: "SomeValue" }] }, "ex_log_7");
    await ask("UntagResource", { SecretId, TagKeys: ["FirstTag"] }, "ex_log_8");
    await ask("DeleteSecret", { SecretId, ForceDeleteWithoutRecovery: true }, "ex_log_2");
  };
}

function labels(second: string[]): Scenario {
  return async (ask) => {
    const name = `labels-${second.length}`;
    await create(ask, name, { SecretString: "S0" }, "create_secret_rs_0");
    const first = { SecretString: "S1", VersionStages: ["one", "two", "three"] };
    await put(ask, name, first, "put_secret_value_res_0");
    await ask("ListSecretVersionIds", { SecretId: name }, "list_secret_version_ids_res_0");
    await put(ask, name, { SecretString: "S2", VersionStages: second }, "put_secret_value_res_1");
    await ask("ListSecretVersionIds", { SecretId: name }, "list_secret_version_ids_res_1");
    await ask("DeleteSecret", { SecretId: name }, "delete_secret_res_0");
  };
}

/** Each of these moves a label by UpdateSecretVersionStage after the first listing. */
function pending(name: string, stages: string[]): Scenario {
  return async (ask) => {
    await create(ask, name, { SecretString: "S1" }, "create_secret_rs_0");
    await put(ask, name, { SecretString: "S2", VersionStages: stages }, "put_secret_value_res_0");
    await ask("ListSecretVersionIds", { SecretId: name }, "list_secret_version_ids_res_0");
    await get(ask, name, "get_secret_value_res_0");
    await ask("UpdateSecretVersionStage", { SecretId: name }, "update_secret_version_stage_res_0");
  };
}

async function putWithStages(ask: Ask): Promise<void> {
  const name = "with-stages";
  await create(ask, name, { SecretString: "secret_string_v0" }, "create_secret_rs_0");
  await get(ask, name, "get_secret_value_res_0");
  const stages = [["SAMPLESTAGE1", "SAMPLESTAGE0"], ["SAMPLESTAGE1", "SAMPLESTAGE0"], ["AWSPENDING"]];
  for (const [index, VersionStages] of stages.entries()) {
    const SecretString = `secret_string_v${index + 1}`;
    await put(ask, name, { SecretString, VersionStages }, `put_secret_value_res_${index + 1}`);
    await get(ask, name, `get_secret_value_res_${index + 1}`);
  }
  await put(ask, name, { SecretString: "secret_string_v4" }, "put_secret_value_res_4");
  await get(ask, name, "get_secret_value_res_4");
  await ask("DeleteSecret", { SecretId: name }, "delete_secret_res_1");
}

async function deprecated(ask: Ask): Promise<void> {
  const SecretId = "deprecated";
  const list = (number: string, input: object = {}) =>
    ask("ListSecretVersionIds", { SecretId, ...input }, `list_secret_version_ids${number}`);
  await create(ask, SecretId, { SecretString: "original", Description: "My secret" }, "create_secret");
  await list("");
  await put(ask, SecretId, { SecretString: "update1" }, "put_secret_value_1");
  await list("_1");
  await put(ask, SecretId, { SecretString: "update2" }, "put_secret_value_2");
  await list("_2");
  await list("_3", { IncludeDeprecated: true });
  await put(ask, SecretId, { SecretString: "update3" }, "put_secret_value_3");
  await list("_4");
  await list("_5", { IncludeDeprecated: true });
}

async function describeThenUpdate(ask: Ask): Promise<void> {
  await create(ask, "described", { SecretString: "my_secret" }, "create_secret_rs_0");
  await ask("DescribeSecret", { SecretId: "described" }, "describe_secret_res_0");
  await ask("UpdateSecret", { SecretId: "described" }, "update_secret_res_0");
}

async function tags(ask: Ask): Promise<void> {
  const { ARN: SecretId = "" } = await create(ask, "tagged", {}, "create_secret");
  const tag = (numbers: number[], recorded?: string) => {
    const Tags = numbers.map((number) => ({ Key: `tag${number}`, Value: `value${number}` }));
    return ask("TagResource", { SecretId, Tags }, recorded);
  };
  const untag = (TagKeys: string[], recorded?: string) =>
    ask("UntagResource", { SecretId, TagKeys }, recorded);
  const describe = (number: string) => ask("DescribeSecret", { SecretId }, `describe_secret${number}`);
  await describe("");
  await tag([1], "tag_resource_1");
  await describe("_1");
  await tag([2], "tag_resource_2");
  await describe("_2");
  await untag(["tag1"], "untag_resource_1");
  await describe("_3");
  await untag(["tag2"], "untag_resource_2");
  await describe("_4");
  await tag([3, 4]);
  await describe("_5");
  await untag(["tag3", "tag4"]);
  await describe("_6");
}

async function lists(ask: Ask): Promise<void> {
  const first = { SecretString: "my_secret", Description: "testing creation of secrets" };
  await create(ask, "listed", first, "create_secret_rs_1");
  for (const time of [0, 1, 2]) await ask("ListSecrets", {}, `list_secrets_res_${time}`);
  await ask("DeleteSecret", { SecretId: "listed" }, "delete_secret_res_1");
}

async function several(ask: Ask): Promise<void> {
  for (const name of ["one", "two", "three"])
    await create(ask, name, { SecretString: "my_secret", Description: "Testing secrets creation." });
  await ask("ListSecrets", {}, "list_secrets_res");
  await ask("DeleteSecret", { SecretId: "one" }, "delete_secret_res0");
}

const withoutToken =
  (operation: string, id: object): Scenario =>
  async (ask) => {
    const input = { ...id, SecretString: "thisisthesecret" };
    await ask(operation, input, "no-client-request-exc", ({ __type = "", message = "" }) => ({
      Error: { __type, Message: message },
      Metadata: { StatusCode: 400 },
    }));
  };

const SCENARIOS: Scenarios = {
  ...Object.fromEntries(
    UPDATED.map((test) => [`test_create_and_update_secret[${test}]`, createAndUpdate(test)]),
  ),
  ...Object.fromEntries(INVALID.map((name) => [`test_invalid_secret_name[${name}]`, invalidName(name)])),
  test_put_secret_value_with_version_stages: putWithStages,
  test_deprecated_secret_version_stage: deprecated,
  test_secret_tags: tags,
  test_call_lists_secrets_multiple_times: lists,
  test_call_lists_secrets_multiple_times_snapshots: lists,
  test_create_multi_secrets: several,
  test_create_multi_secrets_snapshot: several,
  test_update_secret_description: describeThenUpdate,
  test_non_versioning_version_stages_replacement: labels(["one", "two", "three", "four"]),
  test_non_versioning_version_stages_no_replacement: labels(["one", "two", "four"]),
  test_update_secret_version_stages_current_pending_cycle_custom_stages_1: pending("pending", [
    "AWSPENDING",
    "PUT1",
    "AWSSOMETHING",
  ]),
  "test_no_client_request_token[CreateSecret]": withoutToken("CreateSecret", { Name: "tokenless" }),
  "test_no_client_request_token[PutSecretValue]": withoutToken("PutSecretValue", { SecretId: "tokenless" }),
  async test_secret_not_found(ask) {
    await get(ask, "s-nobodys", "get_secret_value_not_found_ex");
    await ask("ListSecretVersionIds", { SecretId: "s-nobodys" }, "list_secret_version_ids_not_found_ex");
  },
  async test_secret_version_not_found(ask) {
    await create(ask, "valueless", {});
    await get(ask, "valueless", "get_secret_value_no_version_ex");
    const VersionId = randomUUID();
    await get(ask, "valueless", "get_secret_value_version_not_found_ex", { VersionId });
    await get(ask, "valueless", "get_secret_value_stage_not_found_ex", { VersionStage: "AWSPENDING" });
  },
  async test_secret_exists_snapshots(ask) {
    await create(ask, "existing");
    await create(ask, "existing", { SecretString: "my_secret" }, "ex_log");
    await ask("DeleteSecret", { SecretId: "existing" }, "delete_secret_res");
  },
  async test_create_secret_version_from_empty_secret(ask) {
    const { ARN = "" } = await create(ask, "test-version", { Description: "" }, "create-empty-secret");
    await ask("DescribeSecret", { SecretId: ARN }, "describe-secret");
    await put(ask, asText(ARN), { SecretString: "example-string-to-protect" }, "put-secret-value");
  },
  async test_get_secret_value_errors(ask) {
    const { ARN, VersionId } = await create(ask, "errors", { SecretString: "test" });
    const VersionStage = "AWSPREVIOUS";
    await get(ask, ARN, "error_get_secret_value_non_existing", { VersionStage });
    await get(ask, "errors", "mismatch_version_id_and_stage", { VersionId, VersionStage });
  },
};

const needs = (operation: string, tests: RegExp): NotHere => ({
  tests,
  why: `it needs ${operation}`,
  operation,
  input: {},
});

const NOT_HERE: NotHere[] = [
  needs("UpdateSecretVersionStage", /version_stages_(?:return_type|current)/),
  needs("RotateSecret", /rotate|RotateSecret/),
  needs("UpdateSecret", /UpdateSecret|test_update_secret/),
  needs("PutResourcePolicy", /resource_policy/),
  needs("DeleteSecret", /delete|deletion|restore/),
  {
    tests: /test_get_secret_value$|test_change_secret_value/,
    why: "it needs binary secrets",
    operation: "CreateSecret",
    input: { Name: "binary", SecretBinary: "Zm9v", ClientRequestToken: randomUUID() },
  },
];
