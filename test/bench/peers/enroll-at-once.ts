/** What peers do before they answer: look, write the enrollment, link the customer. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type Stripe from "stripe";

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export async function enrollAtOnce({ id, metadata, customer }: Stripe.Checkout.Session): Promise<void> {
  const { userId, courseId } = metadata ?? {};
  const Key = { PK: `USER#${userId}`, SK: `ENROLLMENT#${courseId}` };
  const { Item } = await client.send(new GetCommand({ TableName, Key }));
  if (Item) return;
  const enrolledAt = new Date().toISOString();
  await client.send(
    new PutCommand({
      TableName,
      Item: { ...Key, userId, courseId, enrolledAt, stripeSessionId: id },
      ConditionExpression: "attribute_not_exists(PK)",
    }),
  );
  await client.send(
    new UpdateCommand({
      TableName,
      Key: { PK: `USER#${userId}`, SK: "METADATA" },
      UpdateExpression: "SET stripeCustomerId = :customer",
      ExpressionAttributeValues: { ":customer": customer },
    }),
  );
}
