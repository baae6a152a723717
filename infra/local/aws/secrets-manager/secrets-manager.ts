/** Secrets Manager: the secrets that the stack was started with, until PutSecretValue stores other values. */
import type {
  CreateSecretRequest,
  CreateSecretResponse,
  DescribeSecretResponse,
  GetSecretValueRequest,
  GetSecretValueResponse,
  ListSecretVersionIdsRequest,
  ListSecretVersionIdsResponse,
  PutSecretValueRequest,
  PutSecretValueResponse,
} from "@aws-sdk/client-secrets-manager";
import { toSeconds, type Wire } from "#infra/one-machine/wire.ts";
import type { Database } from "../../storage/database.ts";
import { createJsonService } from "../json-service.ts";
import { createTagStore } from "../tag-store.ts";
import { type AwsService, ServiceError } from "../wire.ts";
import { checkName, checkRequest, checkToken } from "./check-request.ts";
import { createSecretListing } from "./list-secrets.ts";
import { createSecretStore, identify, toName } from "./secret-store.ts";
import { takePage } from "./take-page.ts";
import { addVersion, CURRENT, findById, findByStage, listVersions, type Secret } from "./versions.ts";

/** @param onWritten what EventBridge would do: called after each write, and waited for */
export async function createSecretsManager(
  database: Database,
  initialSecrets: Record<string, Record<string, unknown>>,
  onWritten: (name: string) => Promise<void> = async () => {},
): Promise<AwsService> {
  const secrets = await createSecretStore(database, initialSecrets);

  async function getSecretValue(input: Wire<GetSecretValueRequest>): Promise<Wire<GetSecretValueResponse>> {
    const name = toName(input.SecretId);
    const version = findVersion(await secrets.require(name), input);
    const { id: VersionId, secretString: SecretString, stages, createdAt } = version;
    const labels = stages.length > 0 && { VersionStages: stages };
    return { ...identify(name), VersionId, SecretString, ...labels, CreatedDate: toSeconds(createdAt) };
  }

  async function createSecret(input: Wire<CreateSecretRequest>): Promise<Wire<CreateSecretResponse>> {
    const { Name: name, SecretString, Description, ClientRequestToken } = input;
    checkName(name, "Name");
    checkToken(ClientRequestToken);
    const standing = await secrets.find(name);
    if (standing) return repeatCreation(name, standing, input);
    const createdAt = Date.now();
    const empty: Secret = { createdAt, ...(Description && { description: Description }), versions: {} };
    if (SecretString === undefined) {
      await secrets.put(name, empty);
      return identify(name);
    }
    const first = { secretString: SecretString, createdAt, stages: [CURRENT] };
    await secrets.put(name, addVersion(empty, ClientRequestToken, first));
    await onWritten(name);
    return { ...identify(name), VersionId: ClientRequestToken };
  }

  async function putSecretValue(input: Wire<PutSecretValueRequest>): Promise<Wire<PutSecretValueResponse>> {
    const { ClientRequestToken: id, SecretString, VersionStages = [CURRENT] } = input;
    const name = toName(input.SecretId);
    checkToken(id);
    if (SecretString === undefined)
      throw new ServiceError(
        "InvalidParameterException",
        "You must provide either SecretString or SecretBinary.",
      );
    const secret = await secrets.require(name);
    const standing = findById(secret, id);
    if (standing) {
      refuseOtherValue(standing.secretString, SecretString);
      return { ...identify(name), VersionId: id, VersionStages: standing.stages };
    }
    const stages = [...new Set(VersionStages)];
    // The first value of a secret is its current one, whatever else it is called.
    if (Object.keys(secret.versions).length === 0 && !stages.includes(CURRENT)) stages.push(CURRENT);
    await secrets.put(
      name,
      addVersion(secret, id, { secretString: SecretString, createdAt: Date.now(), stages }),
    );
    await onWritten(name);
    return { ...identify(name), VersionId: id, VersionStages: stages };
  }

  async function describe(secretId: unknown): Promise<Wire<DescribeSecretResponse> & { ARN: string }> {
    const name = toName(secretId);
    const secret = await secrets.require(name);
    const { createdAt, description } = secret;
    const versions = listVersions(secret, false);
    const changedAt = Math.max(createdAt, ...listVersions(secret, true).map((version) => version.createdAt));
    return {
      ...identify(name),
      ...(description && { Description: description }),
      CreatedDate: toSeconds(createdAt),
      LastChangedDate: toSeconds(changedAt),
      ...(versions.length > 0 && {
        VersionIdsToStages: Object.fromEntries(versions.map(({ id, stages }) => [id, stages])),
      }),
    };
  }

  async function listSecretVersionIds(
    input: Wire<ListSecretVersionIdsRequest>,
  ): Promise<Wire<ListSecretVersionIdsResponse>> {
    const name = toName(input.SecretId);
    const versions = listVersions(await secrets.require(name), input.IncludeDeprecated === true);
    const { page, ...next } = takePage(
      versions.map(({ id }) => id),
      input,
    );
    const shown = versions.filter(({ id }) => page.includes(id));
    return {
      ...identify(name),
      ...next,
      Versions: shown.map(({ id: VersionId, stages, createdAt }) => ({
        VersionId,
        ...(stages.length > 0 && { VersionStages: stages }),
        CreatedDate: toSeconds(createdAt),
        KmsKeyIds: ["DefaultEncryptionKey"],
      })),
    };
  }

  const listing = createSecretListing({ listNames: secrets.listNames, describe }, createTagStore(database));

  const checked =
    <Input, Answer>(perform: (input: Input) => Promise<Answer>) =>
    (input: Input): Promise<Answer> => {
      checkRequest(input as Record<string, unknown>);
      return perform(input);
    };

  return createJsonService(
    {
      GetSecretValue: checked(getSecretValue),
      CreateSecret: checked((input: Wire<CreateSecretRequest>) =>
        secrets.inTurn(String(input.Name), () => createSecret(input)),
      ),
      PutSecretValue: checked((input: Wire<PutSecretValueRequest>) =>
        secrets.inTurn(toName(input.SecretId), () => putSecretValue(input)),
      ),
      DescribeSecret: checked(listing.DescribeSecret),
      ListSecrets: listing.ListSecrets,
      TagResource: listing.TagResource,
      UntagResource: listing.UntagResource,
      ListSecretVersionIds: checked(listSecretVersionIds),
    },
    { errorNamespace: "", version: "1.1" },
  );
}

function findVersion(secret: Secret, { VersionId, VersionStage }: Wire<GetSecretValueRequest>) {
  const version = VersionId ? findById(secret, VersionId) : findByStage(secret, VersionStage ?? CURRENT);
  if (!version) {
    const what = VersionId ? `VersionId: ${VersionId}` : `staging label: ${VersionStage ?? CURRENT}`;
    throw new ServiceError(
      "ResourceNotFoundException",
      `Secrets Manager can't find the specified secret value for ${what}`,
    );
  }
  if (VersionStage && !version.stages.includes(VersionStage)) {
    throw new ServiceError(
      "InvalidRequestException",
      "You provided a VersionStage that is not associated to the provided VersionId.",
    );
  }
  return version;
}

/** A call that is repeated with its token changes nothing, least of all what was there before it. */
function refuseOtherValue(standing: string, wanted: string): void {
  if (standing === wanted) return;
  throw new ServiceError(
    "ResourceExistsException",
    "You can't modify an existing version, you can only create a new version.",
  );
}

function repeatCreation(
  name: string,
  secret: Secret,
  { ClientRequestToken: id = "", SecretString }: Wire<CreateSecretRequest>,
): Wire<CreateSecretResponse> {
  if (SecretString !== undefined && findById(secret, id)?.secretString === SecretString)
    return { ...identify(name), VersionId: id };
  throw new ServiceError(
    "ResourceExistsException",
    `The operation failed because the secret ${name} already exists.`,
  );
}
