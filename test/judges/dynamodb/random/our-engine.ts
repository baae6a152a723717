/** The local DynamoDB, behind its endpoint and without HTTP. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startDynamoDb } from "#infra/local/aws/dynamodb/dynamodb.ts";
import { CREATE_TABLE, type Engine, type Operation, type Outcome, TABLE } from "./operation.ts";
import { type Answer, toOutcome } from "./outcome.ts";
import { fromTypedItem, toTypedOperation } from "./typed-values.ts";

type Body = Answer & { __type?: string; Table?: { TableStatus: string } };

export async function startOurEngine(): Promise<Engine> {
  const directory = await mkdtemp(path.join(tmpdir(), "bursar-judge-"));
  const { service, close } = await startDynamoDb(directory);

  async function ask(operation: string, input: object): Promise<Body> {
    const request = { operation, target: `DynamoDB_20120810.${operation}`, headers: {} };
    const { body } = await service({ ...request, body: JSON.stringify(input), isAbandoned: () => false });
    return JSON.parse(body) as Body;
  }

  async function perform(operation: Operation): Promise<Outcome> {
    const { operation: name, input } = toTypedOperation(operation);
    const answers: Answer[] = [];
    for (let start: object = {}; ; ) {
      const body = await ask(name === "Pages" ? "Query" : name, { ...input, ...start });
      if (body.__type !== undefined) {
        const item = body.Item && { item: fromTypedItem(body.Item) };
        return { error: body.__type.split("#").at(-1) ?? "", ...item };
      }
      answers.push(body);
      if (name !== "Pages" || !body.LastEvaluatedKey) return toOutcome(operation, answers);
      start = { ExclusiveStartKey: body.LastEvaluatedKey };
    }
  }

  async function empty(): Promise<void> {
    const { Items = [] } = await ask("Scan", { TableName: TABLE });
    for (const { PK, SK } of Items) await ask("DeleteItem", { TableName: TABLE, Key: { PK, SK } });
  }

  await ask("CreateTable", CREATE_TABLE);
  while ((await ask("DescribeTable", { TableName: TABLE })).Table?.TableStatus !== "ACTIVE") await pause(1);

  return {
    name: "the local DynamoDB",
    async run(operations) {
      await empty();
      const outcomes: Outcome[] = [];
      for (const operation of operations) outcomes.push(await perform(operation));
      return outcomes;
    },
    async close() {
      await close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
