/**
 * DynamoDB: dynalite's operations on disk. Its server would listen on a port that is open to all, and keep its database
 * out of reach, so what the server does for a request is done here.
 */
import { createRequire } from "node:module";
import * as dynalite from "dynalite/db/index.js";
import { checkTypes, checkValidations, type Validation } from "dynalite/validations/index.js";
import { openLevel } from "../../storage/database.ts";
import { forgetDeleted, hasDeleted, noteDeletion } from "../../storage/forget-deleted.ts";
import { containExceptions } from "../contain-exceptions.ts";
import { errorReply } from "../json-service.ts";
import { unknownOperation } from "../unknown-operation.ts";
import { type AwsReply, type AwsService, ServiceError } from "../wire.ts";
import { checkWrite, type Request } from "./check-write.ts";
import { asDescribed } from "./describe-table.ts";
import { checkParameters, wantsStandingItem } from "./parameters.ts";
import { findItem } from "./standing-item.ts";

interface DynamoDb {
  service: AwsService;
  close(): Promise<void>;
}

interface Operation {
  validation: Validation;
  act: (store: dynalite.Store, input: object, done: (error: unknown, output: object) => void) => void;
}

/** What dynalite throws, and hands to its callbacks, when DynamoDB would refuse. */
interface Refusal {
  statusCode: number;
  body: { __type: string; message?: string; Item?: dynalite.Item };
}

const OPERATIONS = new Set(
  (
    "BatchGetItem BatchWriteItem CreateTable DeleteItem DeleteTable DescribeTable DescribeTimeToLive GetItem ListTables " +
    "ListTagsOfResource PutItem Query Scan TagResource UntagResource UpdateItem UpdateTable"
  ).split(" "),
);

/** @throws LocalSetupError when the directory is in use or damaged */
export async function startDynamoDb(directory: string): Promise<DynamoDb> {
  let store!: dynalite.Store;
  const database = await openLevel(directory, () => {
    store = dynalite.create({ path: directory, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    return store.db;
  });
  // dynalite throws out of its callbacks when its database closes under a request.
  const underway = new Set<Promise<unknown>>();
  const performing = new Set<Performing>();
  let isDeletionNoted = false;

  async function perform(operation: string, body: string): Promise<object> {
    const given = parseInput(body);
    checkParameters(operation, given);
    const isItemWanted = wantsStandingItem(given);
    const input: Request = validate(loadOperation(operation).validation, given, store);
    if (operation === "DeleteItem" && !isDeletionNoted) {
      await noteDeletion(database);
      isDeletionNoted = true;
    }
    await checkWrite(store, operation, input);
    try {
      return asDescribed(operation, await act(operation, input));
    } catch (error) {
      if (isA("ResourceInUseException", error))
        error.body.message ||= `Table already exists: ${input.TableName}`;
      if (!isA("ConditionalCheckFailedException", error) || !isItemWanted) throw error;
      const Item = await findItem(store, input.TableName ?? "", input.Key ?? input.Item ?? {});
      // Where the condition would hold by now, somebody has written since.
      if (!dynalite.checkConditional(input, Item)) return perform(operation, body);
      if (Item) error.body.Item = Item;
      throw error;
    }
  }

  function act(operation: string, input: Request): Promise<object> {
    return new Promise((resolve, reject) => {
      const request = { input, reject };
      performing.add(request);
      loadOperation(operation).act(store, input, (error, output) => {
        performing.delete(request);
        if (error) reject(error);
        else resolve(output);
      });
    });
  }

  /** Nothing tells whose request it was: all under way fail, as in a service that breaks down, and hold no lock. */
  function failAll(error: Error) {
    console.error(`DynamoDB's stand-in broke down and goes on: ${error.message}`);
    for (const { input, reject } of performing) {
      releaseLocks(store, input);
      reject(error);
    }
    performing.clear();
  }

  const release = containExceptions("/node_modules/dynalite/", failAll);

  return {
    async service({ operation, body }) {
      const performed = perform(operation, body).then((output) => reply(200, output), explain);
      underway.add(performed);
      void performed.finally(() => underway.delete(performed));
      return performed;
    },
    async close() {
      await Promise.all(underway);
      const isDue = await hasDeleted(database);
      await database.close();
      if (isDue) await forgetDeleted(directory);
      release();
    },
  };
}

interface Performing {
  input: { TableName?: unknown; RequestItems?: object };
  reject: (error: Error) => void;
}

/** Those that the broken requests held would be held for ever. */
function releaseLocks(store: dynalite.Store, { TableName, RequestItems = {} }: Performing["input"]): void {
  for (const table of [TableName, ...Object.keys(RequestItems)]) {
    if (typeof table === "string") store.getItemDb(table).lock = createLock();
  }
}

const require = createRequire(import.meta.url);
const { Lock: createLock } = createRequire(require.resolve("dynalite"))("lock") as { Lock: () => unknown };

function loadOperation(name: string): Operation {
  if (!OPERATIONS.has(name)) throw unknownOperation(name, OPERATIONS);
  const file = `${name.charAt(0).toLowerCase()}${name.slice(1)}.js`;
  return {
    validation: require(`dynalite/validations/${file}`) as Validation,
    act: require(`dynalite/actions/${file}`) as Operation["act"],
  };
}

/** What dynalite's checks themselves stumble over is no request either. */
function validate({ types, custom }: Validation, given: object, store: dynalite.Store): object {
  try {
    const input = checkTypes(given, types);
    checkValidations(input, types, custom, store);
    return input;
  } catch (error) {
    if (isRefusal(error)) throw error;
    throw new ServiceError("SerializationException", "The request's body is not of the operation's form.");
  }
}

function parseInput(body: string): Record<string, unknown> {
  try {
    const input: unknown = JSON.parse(body);
    if (typeof input === "object" && input !== null) return input as Record<string, unknown>;
  } catch {
    // Answered below, like any other body that is not an object.
  }
  throw new ServiceError("SerializationException", "The request's body is not a JSON object.");
}

const CONTENT_TYPE = "application/x-amz-json-1.0";

const reply = (status: number, output: object): AwsReply => ({
  status,
  headers: { "content-type": CONTENT_TYPE },
  body: JSON.stringify(output),
});

function explain(error: unknown): AwsReply {
  return isRefusal(error) ? reply(error.statusCode, error.body) : errorReply(error, CONTENT_TYPE);
}

const isA = (name: string, error: unknown): error is Refusal =>
  isRefusal(error) && error.body.__type.endsWith(`#${name}`);

const isRefusal = (error: unknown): error is Refusal => error instanceof Error && "statusCode" in error;
