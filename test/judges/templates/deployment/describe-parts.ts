/** What queues, table, secret and state machine are like, wherever they run, as texts by a name each. */
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DescribeSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DescribeStateMachineCommand, SFNClient } from "@aws-sdk/client-sfn";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  DEAD_LETTER_QUEUE_NAME,
  OVERFLOW_QUEUE_NAME,
  queueUrl,
  SIGNING_SECRET_ID,
  STATE_MACHINE_ARN,
  TABLE_NAME,
} from "#infra/local/names.ts";
import { type AwsConnection, awsClientConfig } from "#infra/one-machine/aws-connection.ts";

type Facts = Record<string, string>;

/** @param aws the endpoint of one machine */
export async function describeParts(aws: AwsConnection & { endpointUrl: string }): Promise<Facts> {
  const config = awsClientConfig(aws);
  const sqs = new SQSClient(config);
  const queueOf = (name: string) => () => describeQueue(sqs, name, aws.endpointUrl);
  const parts = await Promise.all([
    orMissing("table", () => describeTable(new DynamoDBClient(config))),
    orMissing("signing secret", () => describeSecret(new SecretsManagerClient(config))),
    orMissing("state machine", () => describeStateMachine(new SFNClient(config))),
    orMissing(OVERFLOW_QUEUE_NAME, queueOf(OVERFLOW_QUEUE_NAME)),
    orMissing(DEAD_LETTER_QUEUE_NAME, queueOf(DEAD_LETTER_QUEUE_NAME)),
  ]);
  return Object.assign({}, ...parts) as Facts;
}

/** What could not be made is one fact, and no end. */
const orMissing = (part: string, describe: () => Promise<Facts>): Promise<Facts> =>
  describe().catch((error: Error) => ({ [part]: error.name }));

/** What an instant decides; and who may come to a queue, since one machine has nobody to tell apart. */
const NOT_COMPARED = /^(Approximate|.*Timestamp$|Policy$)/;

async function describeQueue(client: SQSClient, name: string, url: string): Promise<Facts> {
  const QueueUrl = queueUrl(url, name);
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
  );
  const facts = Object.entries(Attributes)
    .filter(([attribute]) => !NOT_COMPARED.test(attribute))
    .map(([attribute, value]) => [`${name}: ${attribute}`, normalised(value)]);
  return Object.fromEntries(facts) as Facts;
}

async function describeTable(client: DynamoDBClient): Promise<Facts> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: TABLE_NAME }));
  const indexes = Table?.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
    IndexName,
    KeySchema,
    Projection,
  }));
  const attributes = Table?.AttributeDefinitions?.map(
    ({ AttributeName, AttributeType }) => `${AttributeName} ${AttributeType}`,
  );
  return {
    "table: keys": JSON.stringify(Table?.KeySchema),
    "table: attributes": JSON.stringify(attributes?.toSorted()),
    "table: indexes": JSON.stringify(indexes),
    "table: billing": String(Table?.BillingModeSummary?.BillingMode),
  };
}

async function describeSecret(client: SecretsManagerClient): Promise<Facts> {
  const { Name } = await client.send(new DescribeSecretCommand({ SecretId: SIGNING_SECRET_ID }));
  return { "signing secret: name": String(Name) };
}

async function describeStateMachine(client: SFNClient): Promise<Facts> {
  const {
    name,
    type,
    definition = "",
  } = await client.send(new DescribeStateMachineCommand({ stateMachineArn: STATE_MACHINE_ARN }));
  return {
    "state machine: name": String(name),
    "state machine: type": String(type),
    "state machine: definition": normalised(definition),
  };
}

/** A document as what it holds, and a queue's address without where it is. */
function normalised(text: string): string {
  const value = /^\s*\{/.test(text) ? JSON.stringify(JSON.parse(text)) : text;
  return value.replaceAll(/https?:\/\/[^/"]+(?=\/\d{12}\/)/g, "");
}
