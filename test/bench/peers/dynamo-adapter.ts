/** The database of better-auth in a DynamoDB table, as far as a webhook asks for it. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { createAdapterFactory } from "better-auth/adapters";

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

const keyOf = (model: string, where: { value: unknown }[]) => ({
  PK: `${model}#${where[0].value}`,
  SK: "METADATA",
});

const notNeeded = async () => {
  throw new Error("no webhook asks for this");
};

export const dynamoAdapter = createAdapterFactory({
  config: { adapterId: "dynamodb", supportsJSON: true, supportsDates: false },
  adapter: () => ({
    async findOne({ model, where }) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(model, where) }));
      return Item ?? null;
    },
    async update({ model, where, update }) {
      const fields = Object.entries(update);
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(model, where),
          UpdateExpression: `SET ${fields.map((_, index) => `#f${index} = :v${index}`).join(", ")}`,
          ExpressionAttributeNames: Object.fromEntries(fields.map(([name], index) => [`#f${index}`, name])),
          ExpressionAttributeValues: Object.fromEntries(
            fields.map(([, value], index) => [`:v${index}`, value]),
          ),
          ReturnValues: "ALL_NEW",
        }),
      );
      return Attributes;
    },
    create: notNeeded,
    updateMany: notNeeded,
    findMany: notNeeded,
    delete: notNeeded,
    deleteMany: notNeeded,
    count: notNeeded,
  }),
});
