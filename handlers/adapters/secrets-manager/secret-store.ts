/** Secrets as operators keep them; what is in one is nobody's business here. */
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-secrets-manager";
import type { AwsPlace } from "../aws-client.ts";
import { createSecretsClient } from "./stripe-secret.ts";

export type SecretStore = ReturnType<typeof openSecretStore>;

export function openSecretStore(aws?: AwsPlace) {
  const client = createSecretsClient(aws);
  return {
    /** @returns undefined when there is no such secret */
    async readSecret(name: string): Promise<string | undefined> {
      try {
        const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId: name }));
        return SecretString;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },

    async createSecret(name: string, value: string, description: string): Promise<void> {
      await client.send(
        new CreateSecretCommand({ Name: name, SecretString: value, Description: description }),
      );
    },

    /** What there was stays its previous version. */
    async replaceSecret(name: string, value: string): Promise<void> {
      await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: value }));
    },
  };
}
