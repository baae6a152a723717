/**
 * Takes off the table's client what long lists cost most: the SDK walks four times through each attribute of what a query finds.
 * Here it is once. All else of an answer stays the SDK's, and so does every answer with a value that none of our items has.
 */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";

type Fields = Record<string, unknown>;

interface Answer {
  statusCode: number;
  body: unknown;
}

type Collect = (body: unknown) => Promise<Uint8Array>;

/** By the context of a request, which all that handle it share. */
const read = new WeakMap<object, unknown[]>();

export function readPlainly(client: DynamoDBClient): DynamoDBClient {
  const { middlewareStack } = client as unknown as WithMiddleware;
  const collect: Collect = async (body) =>
    body instanceof Uint8Array ? body : client.config.streamCollector(body);
  middlewareStack.addRelativeTo(
    (next, context) => async (args) => {
      const result = await next(args);
      read.delete(context);
      if (context.commandName === "QueryCommand" && result.response?.statusCode === 200)
        await takeItems(result.response, collect, context);
      return result;
    },
    { name: "takeItems", relation: "after", toMiddleware: "deserializerMiddleware", override: true },
  );
  middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      const Items = read.get(context);
      if (Items) Object.assign(result.output ?? {}, { Items });
      return result;
    },
    { name: "giveItems", step: "initialize", override: true },
  );
  return client;
}

/** Leaves the rest of the answer to the SDK, or all of it. */
async function takeItems(answer: Answer, collect: Collect, context: object): Promise<void> {
  const whole = await collect(answer.body);
  const text = Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength).toString();
  const { Items, ...rest } = JSON.parse(text) as { Items?: Fields[] };
  const isRead = Items?.every(readFields);
  if (isRead) read.set(context, Items ?? []);
  answer.body = isRead ? Buffer.from(JSON.stringify(rest)) : whole;
}

/** In their place, since a thousand copies would be as many to collect. @returns false when there is a value of another kind */
function readFields(fields: Fields): boolean {
  for (const field in fields) {
    const value = readValue(fields[field] as Fields);
    if (value === undefined) return false;
    fields[field] = value;
  }
  return true;
}

/** @param attribute as DynamoDB writes it, e.g. `{ "N": "49" }` */
function readValue(attribute: Fields): unknown {
  const { S, N, BOOL, M, L } = attribute;
  if (S !== undefined) return S;
  if (N !== undefined) return readNumber(Number(N));
  if (BOOL !== undefined) return BOOL;
  if (M !== undefined) return readFields(M as Fields) ? M : undefined;
  if (L !== undefined) return readList(L as Fields[]);
  return "NULL" in attribute ? null : undefined;
}

function readList(attributes: Fields[]): unknown[] | undefined {
  const values = attributes.map(readValue);
  return values.includes(undefined) ? undefined : values;
}

/** To the SDK, what is larger is a bigint. */
const readNumber = (number: number) => (Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : undefined);

type Step = (args: unknown) => Promise<{ response?: Answer; output?: object }>;
type Middleware = (next: Step, context: { commandName?: string }) => Step;

/** As much of the SDK's stack as is used here; its own types differ by what each command can be asked. */
interface WithMiddleware {
  middlewareStack: {
    add(middleware: Middleware, options: { name: string; step: "initialize"; override: true }): void;
    addRelativeTo(
      middleware: Middleware,
      options: { name: string; relation: "after"; toMiddleware: string; override: true },
    ): void;
  };
}
