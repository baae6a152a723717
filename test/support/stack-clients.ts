/** What a test needs of a running stack beside its API: AWS by the SDK, and Stripe's signature. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SFNClient } from "@aws-sdk/client-sfn";
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { openTable } from "#handlers/adapters/dynamodb/table.ts";
import { DEAD_LETTER_QUEUE_NAME, queueUrl, TABLE_NAME } from "#infra/local/names.ts";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import type { LocalStack } from "#infra/local/stack.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { sign } from "./stripe-events.ts";

export interface DeadLetter {
  eventId: string;
  executionArn: string;
  checkoutSessionId: string;
  paymentIntentId: string;
  userId: string;
  courseId: string;
  error: string;
  cause: string;
}

export function createStackClients(stack: Pick<LocalStack, "awsUrl" | "clientUrl" | "accessKey">) {
  const { awsUrl, clientUrl } = stack;
  const config = awsClientConfig(awsOf(stack));
  const sqs = new SQSClient(config);
  const table = openTable(TABLE_NAME, new DynamoDBClient(config));
  const QueueUrl = queueUrl(awsUrl, DEAD_LETTER_QUEUE_NAME);

  /** Posts a webhook event as Stripe does, signed with the stack's signing secret unless another header is given. */
  async function postWebhook(payload: string, signature = sign(payload, STAND_IN_STRIPE.webhookSecret)) {
    const response = await fetch(`${clientUrl}/api/webhooks/stripe`, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        ...(signature && { "stripe-signature": signature }),
      },
      body: payload,
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  return {
    sfn: new SFNClient(config),
    sqs,
    table,

    async readItem(PK: string, SK: string): Promise<Record<string, unknown> | undefined> {
      const { Item } = await table.client.send(new GetCommand({ TableName: TABLE_NAME, Key: { PK, SK } }));
      return Item;
    },

    async putItem(Item: Record<string, unknown>): Promise<void> {
      await table.client.send(new PutCommand({ TableName: TABLE_NAME, Item }));
    },

    async removeItem(PK: string, SK: string): Promise<void> {
      await table.client.send(new DeleteCommand({ TableName: TABLE_NAME, Key: { PK, SK } }));
    },

    /** Takes all dead letters that are there off the queue. */
    async takeDeadLetters(): Promise<DeadLetter[]> {
      const letters: DeadLetter[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
        );
        if (Messages.length === 0) return letters;
        for (const { Body, ReceiptHandle } of Messages) {
          letters.push(JSON.parse(Body ?? "{}") as DeadLetter);
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },

    postWebhook,

    /** @throws Error unless the genuine event was taken: what is then waited for would never come */
    async deliver(payload: string): Promise<void> {
      const { status, body } = await postWebhook(payload);
      if (status !== 200) throw new Error(`the webhook answered ${status}: ${JSON.stringify(body)}`);
    },
  };
}

export type StackClients = ReturnType<typeof createStackClients>;
