/** Secrets Manager: the secrets that the stack was started with, until PutSecretValue stores other values. */
import { createHash, randomUUID } from "node:crypto";
import type {
  DescribeSecretResponse,
  GetSecretValueRequest,
  GetSecretValueResponse,
  PutSecretValueRequest,
  PutSecretValueResponse,
} from "@aws-sdk/client-secrets-manager";
import { arnOf } from "#infra/local/names.ts";
import type { Database } from "../storage/database.ts";
import { firstSeenAt } from "../storage/first-seen.ts";
import { createJsonService } from "./json-service.ts";
import { createSecretListing } from "./list-secrets.ts";
import { createTagStore } from "./tag-store.ts";
import { type AwsService, ServiceError, toSeconds, type Wire } from "./wire.ts";

interface SecretVersion {
  versionId: string;
  secretString: string;
  createdAt: number;
}

/** As AWS keeps them: the value that counts and the one before. */
interface Secret {
  current: SecretVersion;
  previous?: SecretVersion | undefined;
}

const CURRENT = "AWSCURRENT";
const PREVIOUS = "AWSPREVIOUS";
const ARN_PREFIX = arnOf("secretsmanager", "secret:");

const secretArn = (name: string) => `${ARN_PREFIX}${name}-Bursar`;

/** @throws ValidationException for what is no text */
function toName(secretId: unknown): string {
  if (typeof secretId !== "string")
    throw new ServiceError("ValidationException", "SecretId must be a string.");
  return secretId.startsWith(ARN_PREFIX)
    ? secretId.slice(ARN_PREFIX.length).replace(/-\w{6}$/, "")
    : secretId;
}

/** @param onWritten what EventBridge would do: called after each write, and waited for */
export async function createSecretsManager(
  database: Database,
  initialSecrets: Record<string, Record<string, unknown>>,
  onWritten: (name: string) => Promise<void> = async () => {},
): Promise<AwsService> {
  const stored = database.sublevel<string, Secret>("secret", { valueEncoding: "json" });
  const initial = await datedSecrets(database, initialSecrets);

  async function findSecret(name: string): Promise<Secret> {
    const secret = (await stored.get(name)) ?? initial.get(name);
    if (secret) return secret;
    throw new ServiceError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  }

  async function getSecretValue(input: Wire<GetSecretValueRequest>): Promise<Wire<GetSecretValueResponse>> {
    const name = toName(input.SecretId);
    const secret = await findSecret(name);
    const wantedStage = input.VersionStage ?? CURRENT;
    const version = versionsOf(secret).find(({ versionId, stage }) =>
      input.VersionId ? versionId === input.VersionId : stage === wantedStage,
    );
    if (!version) {
      throw new ServiceError(
        "ResourceNotFoundException",
        `Secrets Manager can't find the specified secret value for ${input.VersionId ? `VersionId: ${input.VersionId}` : `staging label: ${wantedStage}`}`,
      );
    }
    return {
      ARN: secretArn(name),
      Name: name,
      VersionId: version.versionId,
      SecretString: version.secretString,
      VersionStages: [version.stage],
      CreatedDate: toSeconds(version.createdAt),
    };
  }

  async function putSecretValue(input: Wire<PutSecretValueRequest>): Promise<Wire<PutSecretValueResponse>> {
    const name = toName(input.SecretId);
    const secret = await findSecret(name);
    if (typeof input.SecretString !== "string") {
      throw new ServiceError(
        "InvalidParameterException",
        "You must provide SecretString; binary secrets are not kept here.",
      );
    }
    const standing = versionsOf(secret).find(({ versionId }) => versionId === input.ClientRequestToken);
    if (standing) return keepVersion(name, standing, input.SecretString);
    const current = {
      versionId: input.ClientRequestToken ?? randomUUID(),
      secretString: input.SecretString,
      createdAt: Date.now(),
    };
    await stored.put(name, { current, previous: secret.current });
    await onWritten(name);
    return { ARN: secretArn(name), Name: name, VersionId: current.versionId, VersionStages: [CURRENT] };
  }

  async function describe(secretId: unknown): Promise<Wire<DescribeSecretResponse> & { ARN: string }> {
    const name = toName(secretId);
    const { current, previous } = await findSecret(name);
    return {
      ARN: secretArn(name),
      Name: name,
      LastChangedDate: toSeconds(current.createdAt),
      VersionIdsToStages: {
        [current.versionId]: [CURRENT],
        ...(previous && { [previous.versionId]: [PREVIOUS] }),
      },
    };
  }

  const listNames = async () => [...new Set([...initial.keys(), ...(await stored.keys().all())])];
  const listing = createSecretListing({ listNames, describe }, createTagStore(database));

  return createJsonService(
    { GetSecretValue: getSecretValue, PutSecretValue: putSecretValue, ...listing },
    { errorNamespace: "", version: "1.1" },
  );
}

const versionsOf = ({ current, previous }: Secret) => [
  { ...current, stage: CURRENT },
  ...(previous ? [{ ...previous, stage: PREVIOUS }] : []),
];

/** A call that is repeated with its token changes nothing, least of all what was there before it. */
function keepVersion(
  name: string,
  { versionId, secretString, stage }: SecretVersion & { stage: string },
  wanted: string,
): Wire<PutSecretValueResponse> {
  if (secretString !== wanted) {
    throw new ServiceError(
      "ResourceExistsException",
      "You can't modify an existing version, you can only create a new version.",
    );
  }
  return { ARN: secretArn(name), Name: name, VersionId: versionId, VersionStages: [stage] };
}

/** @returns by name; each with the time of the first start that had this value */
async function datedSecrets(database: Database, values: Record<string, Record<string, unknown>>) {
  const secrets = new Map<string, Secret>();
  for (const [name, value] of Object.entries(values)) {
    const secretString = JSON.stringify(value);
    const versionId = versionIdOf(secretString);
    const createdAt = await firstSeenAt(database, `secret/${name}/${versionId}`);
    secrets.set(name, { current: { versionId, secretString, createdAt } });
  }
  return secrets;
}

/** The same value has the same version id after every start. */
function versionIdOf(secretString: string): string {
  const digest = createHash("sha256").update(secretString).digest("hex");
  return digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
