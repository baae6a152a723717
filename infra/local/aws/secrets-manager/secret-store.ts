/** Secrets as they are kept: those that the stack was started with, until others are written. */
import { createHash } from "node:crypto";
import { arnOf } from "#infra/local/names.ts";
import type { Database } from "../../storage/database.ts";
import { firstSeenAt } from "../../storage/first-seen.ts";
import { createKeyedLock } from "../../storage/keyed-lock.ts";
import { ServiceError } from "../wire.ts";
import { checkName } from "./check-request.ts";
import { CURRENT, readStored, type Secret } from "./versions.ts";

const ARN_PREFIX = arnOf("secretsmanager", "secret:");

export const identify = (name: string) => ({ ARN: `${ARN_PREFIX}${name}-Bursar`, Name: name });

/** @throws ServiceError for what is no name */
export function toName(secretId: unknown): string {
  checkName(secretId, "SecretId");
  return secretId.startsWith(ARN_PREFIX)
    ? secretId.slice(ARN_PREFIX.length).replace(/-\w{6}$/, "")
    : secretId;
}

export async function createSecretStore(
  database: Database,
  initialSecrets: Record<string, Record<string, unknown>>,
) {
  const stored = database.sublevel<string, Secret>("secret", { valueEncoding: "json" });
  const initial = await datedSecrets(database, initialSecrets);

  async function find(name: string): Promise<Secret | undefined> {
    const secret = await stored.get(name);
    return secret ? readStored(secret) : initial.get(name);
  }

  return {
    find,

    /** @throws ResourceNotFoundException */
    async require(name: string): Promise<Secret> {
      const secret = await find(name);
      if (secret) return secret;
      throw new ServiceError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    },

    put: (name: string, secret: Secret) => stored.put(name, secret),
    listNames: async () => [...new Set([...initial.keys(), ...(await stored.keys().all())])],
    /** Two writers of one secret would each forget the other's version. */
    inTurn: createKeyedLock(),
  };
}

/** @returns by name; each with the time of the first start that had this value */
async function datedSecrets(database: Database, values: Record<string, Record<string, unknown>>) {
  const secrets = new Map<string, Secret>();
  for (const [name, value] of Object.entries(values)) {
    const secretString = JSON.stringify(value);
    const id = versionIdOf(secretString);
    const createdAt = await firstSeenAt(database, `secret/${name}/${id}`);
    secrets.set(name, { createdAt, versions: { [id]: { secretString, createdAt, stages: [CURRENT] } } });
  }
  return secrets;
}

/** The same value has the same version id after every start. */
function versionIdOf(secretString: string): string {
  const digest = createHash("sha256").update(secretString).digest("hex");
  return digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
