/** DynamoDB: conditional writes, consistent and stale reads, and the stream that tells who wrote what and when. */
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  DeleteCommand,
  type DeleteCommandInput,
  DynamoDBDocumentClient,
  GetCommand,
  type GetCommandInput,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { Table } from "#handlers/adapters/dynamodb/table.ts";
import {
  applyUpdate,
  conditionHolds,
  type Item,
  type Names,
} from "#handlers/adapters/dynamodb/table-expressions.ts";
import type { Agenda } from "./agenda.ts";
import { ModelGap } from "./model-gap.ts";
import type { Process } from "./process.ts";
import type { Random } from "./random.ts";

/** One change of one item, as the table's stream tells it. */
interface StreamRecord {
  at: number;
  key: string;
  before: Item | undefined;
  after: Item | undefined;
}

/** Told of what requests read and write before it is done; what it throws is the table's answer. */
export interface TableObserver {
  /** @param items undefined: none was there */
  read?(key: Item | undefined, items: (Item | undefined)[], isConsistent: boolean): void;
  /** @param isMade false: the condition does not hold, which costs as much */
  write?(before: Item | undefined, after: Item | undefined, isMade: boolean): void;
}

/** An eventually consistent read may show what was true this many milliseconds ago. */
const STALENESS_MS = 2_000;

type TableModel = ReturnType<typeof createTableModel>;

/** @param keepsStream false: what was written before what stands is forgotten, and no read is stale */
export function createTableModel(
  agenda: Agenda,
  random: Random,
  { observer = {}, keepsStream = true }: { observer?: TableObserver; keepsStream?: boolean } = {},
) {
  const items = new Map<string, Item>();
  const stream: StreamRecord[] = [];
  /** By the partition key of the table and of its index, so that a query looks at few. */
  const partitions = new Map<string, Map<string, Item>>();
  const unreadable = new Set<string>();

  const keyOf = (key: Item | undefined) => `${String(key?.["PK"])}|${String(key?.["SK"])}`;

  function write(key: string, after: Item | undefined) {
    const before = items.get(key);
    if (after) items.set(key, after);
    else items.delete(key);
    for (const partition of partitionsOf(before)) {
      const members = partitions.get(partition);
      members?.delete(key);
      if (members?.size === 0) partitions.delete(partition);
    }
    for (const partition of partitionsOf(after)) {
      const members = partitions.get(partition) ?? new Map<string, Item>();
      if (after) partitions.set(partition, members.set(key, after));
    }
    if (keepsStream) stream.push({ at: agenda.now(), key, before, after });
  }

  function writeIf(
    key: string,
    condition: string | undefined,
    names: Names,
    next: (item: Item) => Item | undefined,
  ) {
    const standing = items.get(key);
    if (!conditionHolds(condition, standing, names)) {
      observer.write?.(standing, undefined, false);
      throw new ConditionalCheckFailedException({ message: "The conditional request failed", $metadata: {} });
    }
    const after = next(standing ?? {});
    observer.write?.(standing, after, true);
    write(key, after);
    return {};
  }

  /** What an eventually consistent read may find. */
  function readStale(key: string): Item | undefined {
    const recent = stream.filter((record) => record.key === key && record.at > agenda.now() - STALENESS_MS);
    const [oldest] = recent;
    return oldest && random.chance(0.5) ? oldest.before : items.get(key);
  }

  function query({ IndexName, KeyConditionExpression = "", ConsistentRead, ...names }: QueryCommandInput) {
    const [, name = "", value = ""] = /^(\w+) = (:\w+)/.exec(KeyConditionExpression) ?? [];
    const partition = partitions.get(`${name} ${String(names.ExpressionAttributeValues?.[value])}`);
    const found = [...(partition?.values() ?? [])].filter((item) =>
      conditionHolds(KeyConditionExpression, item, names),
    );
    const sortKey = IndexName ? `${IndexName}SK` : "SK";
    found.sort((one, other) => (String(one[sortKey]) < String(other[sortKey]) ? -1 : 1));
    observer.read?.({ PK: names.ExpressionAttributeValues?.[value] }, found, ConsistentRead ?? false);
    return { Items: found.map(asRead), Count: found.length };
  }

  /** One that somebody has damaged lacks whose it is. */
  function asRead(item: Item): Item {
    const { userId: _gone, ...rest } = item;
    return structuredClone(unreadable.has(keyOf(item)) ? { ...rest, name: 1 } : item);
  }

  function read(key: Item | undefined, isConsistent: boolean | undefined): Item | undefined {
    const item = isConsistent ? items.get(keyOf(key)) : readStale(keyOf(key));
    observer.read?.(key, [item], isConsistent ?? false);
    return item && asRead(item);
  }

  /** What is not read at once is asked for again; one key at least is read. */
  function readBatch({ RequestItems = {} }: BatchGetCommandInput) {
    const [table = ""] = Object.keys(RequestItems);
    const { Keys = [], ConsistentRead } = RequestItems[table] ?? {};
    const answered = Keys.filter((_key, index) => index === 0 || random.chance(0.9));
    const left = Keys.filter((key) => !answered.includes(key));
    return {
      Responses: { [table]: answered.flatMap((key) => read(key, ConsistentRead) ?? []) },
      UnprocessedKeys: left.length > 0 ? { [table]: { Keys: left, ConsistentRead } } : {},
    };
  }

  function handle(command: unknown): unknown {
    if (command instanceof GetCommand) {
      const { Key, ConsistentRead }: GetCommandInput = command.input;
      return { Item: read(Key, ConsistentRead) };
    }
    if (command instanceof BatchGetCommand) return readBatch(command.input);
    if (command instanceof PutCommand) {
      const { Item: item, ConditionExpression, ...names }: PutCommandInput = command.input;
      return writeIf(keyOf(item), ConditionExpression, names, () => asStored(item));
    }
    if (command instanceof UpdateCommand) {
      const { Key, ConditionExpression, UpdateExpression = "", ...names }: UpdateCommandInput = command.input;
      return writeIf(keyOf(Key), ConditionExpression, names, (item) =>
        asStored(applyUpdate(UpdateExpression, { ...item, ...Key }, names)),
      );
    }
    if (command instanceof DeleteCommand) {
      const { Key, ConditionExpression, ...names }: DeleteCommandInput = command.input;
      return writeIf(keyOf(Key), ConditionExpression, names, () => undefined);
    }
    if (command instanceof QueryCommand) return query(command.input);
    throw new ModelGap(`The table's model does not know ${(command as object).constructor.name}.`);
  }

  return {
    handle,
    stream,
    allItems: () => [...items.values()],
    /** What a person with access to the table does, at once and without a condition. */
    put: (item: Item) => write(keyOf(item), asStored(item)),
    remove: (key: Item) => write(keyOf(key), undefined),
    /** From then on an item is read as if it were damaged, until it is mended. What is written stays right. */
    damage: (key: Item) => unreadable.add(keyOf(key)),
    mend: (key: Item) => unreadable.delete(keyOf(key)),
  };
}

/** Of the table and of its index, which lists what has both of its keys. */
const partitionsOf = (item: Item | undefined) =>
  [
    ["PK", "SK"],
    ["GSI1PK", "GSI1SK"],
  ]
    .filter((names) => names.every((name) => item?.[name] !== undefined))
    .map(([name = ""]) => `${name} ${String(item?.[name])}`);

/** Fields without a value are left out, as the shipped client does. */
const asStored = (item: Item | undefined): Item => JSON.parse(JSON.stringify(item)) as Item;

/** The table as the shipped adapters see it, from within a process. */
export function openSimulatedTable(model: TableModel, process: Process): Table {
  const send = (command: object) =>
    process.call("dynamodb", command.constructor.name, () => model.handle(command));
  // The SDK's own paging asks whether it was given such a client.
  const client = Object.assign(Object.create(DynamoDBDocumentClient.prototype) as DynamoDBDocumentClient, {
    send: send as DynamoDBDocumentClient["send"],
  });
  return { tableName: "bursar-education", client };
}
