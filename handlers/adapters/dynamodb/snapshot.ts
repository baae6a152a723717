/** A table to try steps on: what it does not hold yet it is given to read, and what they write stays in it. */
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { ModelGap } from "./model-gap.ts";
import type { ItemKey, Table } from "./table.ts";
import { applyUpdate, conditionHolds, type Item, type Names } from "./table-expressions.ts";

interface Snapshot {
  /** What stands at a key, as far as nothing was written there. */
  read: (key: ItemKey) => Promise<Item | undefined>;
  /** What was written, by its key; undefined: deleted. */
  written: Map<string, Item | undefined>;
  /** Told of each write that its condition allows, e.g. `PutItem ENROLLMENT#`. */
  onWrite: (what: string) => void;
}

const TABLE_NAME = "snapshot";

/** There is no way from it to a table: it has no client of DynamoDB. */
export function openSnapshot(snapshot: Snapshot): Table {
  const send = (command: object) => handle(snapshot, command);
  return { tableName: TABLE_NAME, client: { send } as unknown as DynamoDBDocumentClient };
}

async function handle(snapshot: Snapshot, command: object): Promise<unknown> {
  if (command instanceof GetCommand) return { Item: await find(snapshot, keyIn(command.input.Key)) };
  if (command instanceof BatchGetCommand) {
    const { Keys = [] } = command.input.RequestItems?.[TABLE_NAME] ?? {};
    const items = await Promise.all(Keys.map((key) => find(snapshot, keyIn(key))));
    return { Responses: { [TABLE_NAME]: items.filter((item) => item !== undefined) } };
  }
  if (command instanceof PutCommand) {
    const { Item: item = {} } = command.input;
    return write(snapshot, { verb: "PutItem", key: keyIn(item), ...command.input }, () => item);
  }
  if (command instanceof UpdateCommand) {
    const { Key, UpdateExpression = "" } = command.input;
    return write(snapshot, { verb: "UpdateItem", key: keyIn(Key), ...command.input }, (item) =>
      applyUpdate(UpdateExpression, { ...item, ...Key }, command.input),
    );
  }
  if (command instanceof DeleteCommand)
    return write(
      snapshot,
      { verb: "DeleteItem", key: keyIn(command.input.Key), ...command.input },
      () => undefined,
    );
  throw new ModelGap(`A step asks the table for ${command.constructor.name}, which no replay answers.`);
}

const keyIn = (item: Item = {}): ItemKey => ({ PK: String(item["PK"]), SK: String(item["SK"]) });
const nameOf = ({ PK, SK }: ItemKey) => `${PK}\n${SK}`;

async function find({ read, written }: Snapshot, key: ItemKey): Promise<Item | undefined> {
  const name = nameOf(key);
  return structuredClone(written.has(name) ? written.get(name) : await read(key));
}

interface Write extends Names {
  verb: string;
  key: ItemKey;
  ConditionExpression?: string | undefined;
}

async function write(
  snapshot: Snapshot,
  { verb, key, ConditionExpression, ...names }: Write,
  next: (standing: Item) => Item | undefined,
): Promise<object> {
  const standing = await find(snapshot, key);
  if (!conditionHolds(ConditionExpression, standing, names))
    throw new ConditionalCheckFailedException({ message: "The conditional request failed", $metadata: {} });
  const item = next(standing ?? {});
  // Fields without a value are left out, as the shipped client does.
  snapshot.written.set(nameOf(key), item && (JSON.parse(JSON.stringify(item)) as Item));
  snapshot.onWrite(`${verb} ${key.SK.replace(/#.*$/, "#")}`);
  return {};
}
