/** The other design at the deployment's own endpoint: an Express handler that verifies, reads and writes, then answers. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import express from "express";
import { Stripe } from "stripe";
import { TABLE_NAME } from "#infra/local/names.ts";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";

// Where AWS is, and its key, are in the environment.
const table = DynamoDBDocumentClient.from(new DynamoDBClient());
const TableName = TABLE_NAME;

async function enroll(session: Stripe.Checkout.Session): Promise<void> {
  const { userId = "", courseId = "" } = session.metadata ?? {};
  const PK = `USER#${userId}`;
  const Key = { PK, SK: `ENROLLMENT#${courseId}` };
  const { Item } = await table.send(new GetCommand({ TableName, Key }));
  if (!Item) {
    const item = {
      ...Key,
      userId,
      courseId,
      stripeSessionId: session.id,
      enrolledAt: new Date().toISOString(),
    };
    await table.send(
      new PutCommand({ TableName, Item: item, ConditionExpression: "attribute_not_exists(PK)" }),
    );
  }
  await table.send(
    new UpdateCommand({
      TableName,
      Key: { PK, SK: "METADATA" },
      UpdateExpression: "SET stripeCustomerId = :customer",
      ExpressionAttributeValues: { ":customer": session.customer },
    }),
  );
}

const app = express();
app.post("/", express.raw({ type: "*/*" }), async (request, response) => {
  const signature = String(request.headers["stripe-signature"]);
  const event = Stripe.webhooks.constructEvent(
    request.body as Buffer,
    signature,
    STAND_IN_STRIPE.webhookSecret,
  );
  if (event.type === "checkout.session.completed") await enroll(event.data.object);
  response.json({ received: true });
});
const server = app.listen(0, "127.0.0.1");
await once(server, "listening");
process.on("disconnect", () => process.exit());
process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
