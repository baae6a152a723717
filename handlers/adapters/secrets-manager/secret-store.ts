/** Secrets as those keep them who may write; what is in one is nobody's business here. */
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { type AwsPlace, createAwsClient } from "../aws-client.ts";
import { PATIENCE, type Patience } from "../patience.ts";

export type SecretStore = ReturnType<typeof openSecretStore>;

/** AWS keeps a deleted secret for days, gives it to nobody and lets no other take its name. */
export class SecretMarkedForDeletion extends Error {
  override name = "SecretMarkedForDeletion";

  constructor(name: string, cause: unknown) {
    const id = `--secret-id ${name}`;
    super(
      `The secret ${name} is marked for deletion. Bring it back with \`aws secretsmanager restore-secret ${id}\`, or delete it ` +
        `for good with \`aws secretsmanager delete-secret ${id} --force-delete-without-recovery\`; then run this again.`,
      { cause },
    );
  }
}

/** Patient unless told otherwise, as operators are, whom nobody waits for. */
export const createSecretsClient = (aws: AwsPlace = {}, patience: Patience = PATIENCE.background) =>
  createAwsClient(SecretsManagerClient, patience, aws);

export function openSecretStore(aws?: AwsPlace, patience?: Patience) {
  const client = createSecretsClient(aws, patience);
  const explained = <Answer>(name: string, asked: Promise<Answer>): Promise<Answer> =>
    asked.catch((error: unknown) => {
      const isMarked = error instanceof InvalidRequestException && /deletion/i.test(error.message);
      throw isMarked ? new SecretMarkedForDeletion(name, error) : error;
    });

  return {
    /** @returns undefined when there is no such secret, or it has no value yet */
    async readSecret(name: string): Promise<string | undefined> {
      try {
        const asked = client.send(new GetSecretValueCommand({ SecretId: name }));
        const { SecretString = "" } = await explained(name, asked);
        return SecretString;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },

    async createSecret(name: string, value: string, description: string): Promise<void> {
      const command = new CreateSecretCommand({ Name: name, SecretString: value, Description: description });
      await explained(name, client.send(command));
    },

    /** What there was stays its previous version. */
    async replaceSecret(name: string, value: string): Promise<void> {
      const command = new PutSecretValueCommand({ SecretId: name, SecretString: value });
      await explained(name, client.send(command));
    },
  };
}
