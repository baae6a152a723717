/** Where a dossier is gathered from: the table, Stripe, Step Functions and the dead-letter queue. */
import type { AwsPlace } from "#handlers/adapters/aws-client.ts";
import { openTablePatiently } from "#handlers/adapters/dynamodb/table.ts";
import { PATIENCE } from "#handlers/adapters/patience.ts";
import { createSecretsClient } from "#handlers/adapters/secrets-manager/secret-store.ts";
import { createApiKeyReader } from "#handlers/adapters/secrets-manager/stripe-secret.ts";
import { createDeadLetterQueue } from "#handlers/adapters/sqs/dead-letter-queue.ts";
import { findQueueUrl } from "#handlers/adapters/sqs/queues.ts";
import {
  createExecutionLookup,
  type ExecutionLookup,
} from "#handlers/adapters/step-functions/execution-lookup.ts";
import { createPatientClient } from "#handlers/adapters/step-functions/executions.ts";
import { findStateMachineArn } from "#handlers/adapters/step-functions/state-machine.ts";
import { type CheckoutLookup, createCheckoutLookup } from "#handlers/adapters/stripe/checkout-lookup.ts";
import { createStripeClient } from "#handlers/adapters/stripe/client.ts";
import type { Names } from "#infra/deployment/names.ts";
import { isOnThisMachine } from "#infra/one-machine/aws-connection.ts";
import type { DeadLetterQueue } from "#workflow/ports/queues.ts";
import { chooseSecretForLooking } from "../choose-stripe-secret.ts";
import { createStripeDeliveries, type StripeDeliveries } from "../records/stripe-deliveries.ts";
import { createTableRecords, type TableRecords } from "../records/table.ts";

export interface DossierSources {
  table: TableRecords;
  stripe: CheckoutLookup;
  executions: Pick<ExecutionLookup, "findStatus" | "findHistory">;
  letters: Pick<DeadLetterQueue, "peekDeadLetters">;
  /** A stand-in's record of its deliveries. */
  deliveries?: StripeDeliveries | undefined;
}

/**
 * @param stripeApiBase where Stripe is, when it is not at Stripe
 * @param aws where AWS is, when that is not what the environment says
 * @param client of Step Functions, where it is shared
 * @throws Error naming what the deployment lacks
 */
export async function openSources(
  names: Names,
  stripeApiBase: string | undefined,
  aws?: AwsPlace,
  client = createPatientClient(aws),
): Promise<DossierSources> {
  const secretName = await chooseSecretForLooking(names, aws);
  const secrets = createApiKeyReader(secretName, createSecretsClient(aws));
  const [stateMachineArn, deadLetterQueueUrl] = await Promise.all([
    findStateMachineArn(names.stateMachine, aws),
    findQueueUrl(names.deadLetterQueue, aws),
    secrets.current().catch(explainMissing(secretName)),
  ]);
  return {
    table: createTableRecords({ ...openTablePatiently(names.table, aws), isOnlyRead: true }),
    stripe: createCheckoutLookup(
      createStripeClient(secrets, stripeApiBase, PATIENCE.records),
      names.deployment,
    ),
    executions: createExecutionLookup(stateMachineArn, client),
    letters: createDeadLetterQueue(deadLetterQueueUrl, aws),
    ...(stripeApiBase &&
      isOnThisMachine(stripeApiBase) && { deliveries: createStripeDeliveries(stripeApiBase) }),
  };
}

function explainMissing(secretName: string) {
  return (error: unknown): never => {
    if (error instanceof Error && error.name === "SecretMissing")
      throw new Error(`There is no secret ${secretName}; npm run stripe:setup makes it.`, { cause: error });
    throw error;
  };
}
