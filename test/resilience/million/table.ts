/** The table of that day: what stands in it is made from its key. Only how far the sweep has come is kept. */
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { Table } from "#handlers/adapters/dynamodb/table.ts";
import { ModelGap } from "../simulation/model-gap.ts";
import { courseOf, type Day, numberOf } from "./day.ts";

type Item = Record<string, unknown>;

const DELIVERED_IN_MS = 3_000;
/** Items on one page of a query. */
const PAGE = 1_000;

/** @param enrolledAt milliseconds since 1970; undefined: nobody has started it */
export function createTable(
  day: Day,
  enrolledAt: (index: number) => number | undefined,
  call: <T>(latencyMs: number, effect: () => T) => Promise<T>,
) {
  const kept = new Map<string, Item>();
  const counted = { requests: 0, looks: 0 };

  function enrollmentOf(index: number): Item | undefined {
    const at = enrolledAt(index);
    if (at === undefined) return undefined;
    const { id, client_reference_id: userId } = day.sessionOf(index);
    const courseId = courseOf(index);
    const item = { userId, courseId, enrollmentType: "paid", enrolledAt: new Date(at).toISOString() };
    return {
      ...keyed(userId, `ENROLLMENT#${courseId}`),
      ...item,
      paymentStatus: "completed",
      stripeSessionId: id,
      progress: 0,
      completed: false,
    };
  }

  function purchaseOf(index: number): Item {
    const { id, client_reference_id: userId, created } = day.sessionOf(index);
    const openedAt = new Date(created * 1000).toISOString();
    const quote = { courseId: courseOf(index), courseName: "A course", unitAmount: 4900, currency: "usd" };
    return {
      ...keyed(userId, `PURCHASE#${id}`),
      userId,
      checkoutSessionId: id,
      ...quote,
      openedAt,
      expiresAt: openedAt,
    };
  }

  function read({ PK = "", SK = "" }: Item): Item | undefined {
    const found = kept.get(`${String(PK)} ${String(SK)}`);
    if (found) return found;
    const index = numberOf(String(PK));
    if (!String(PK).startsWith("USER#")) return undefined;
    if (String(SK).startsWith("PURCHASE#")) {
      counted.looks += 1;
      return numberOf(String(SK)) === index ? purchaseOf(index) : undefined;
    }
    if (SK === `ENROLLMENT#${courseOf(index)}`) return enrollmentOf(index);
    const { id: checkoutSessionId } = day.sessionOf(index);
    return SK === `CHECKOUT#${courseOf(index)}`
      ? { PK, SK, userId: String(PK).slice(5), courseId: courseOf(index), checkoutSessionId, attempt: 1 }
      : undefined;
  }

  function query({ ExpressionAttributeValues: values = {}, ExclusiveStartKey: after }: QueryCommandInput) {
    const course = String(values[":course"] ?? "");
    if (!course.startsWith("COURSE#")) return { Items: [] };
    const [since = 0, until = 0] = [":since", ":until"].map(
      (name) => Date.parse(String(values[name])) - DELIVERED_IN_MS,
    );
    const Items: Item[] = [];
    const from = after ? day.paidAt(Number(after["index"])) : Math.ceil(since / 1000);
    for (const index of day.ofCourse(course.slice("COURSE#".length), from, Math.floor(until / 1000) + 1)) {
      if (after && index <= Number(after["index"])) continue;
      const item = day.isLost(index) ? undefined : enrollmentOf(index);
      if (item) Items.push({ ...item, GSI1PK: course, GSI1SK: item["enrolledAt"] });
      if (Items.length === PAGE) return { Items, LastEvaluatedKey: { index } };
    }
    return { Items };
  }

  function answer(command: unknown): unknown {
    if (command instanceof GetCommand) return { Item: read(command.input.Key ?? {}) };
    if (command instanceof BatchGetCommand) {
      const { RequestItems = {} }: BatchGetCommandInput = command.input;
      const [name = ""] = Object.keys(RequestItems);
      const Keys = RequestItems[name]?.Keys ?? [];
      return { Responses: { [name]: Keys.flatMap((key) => read(key) ?? []) } };
    }
    if (command instanceof PutCommand) {
      const item = command.input.Item ?? {};
      if (item["PK"] !== "SWEEP")
        throw new ModelGap("The model of a day keeps nothing but the sweep's own record.");
      kept.set(`${item["PK"]} ${String(item["SK"])}`, structuredClone(item));
      return {};
    }
    if (command instanceof QueryCommand) return query(command.input);
    throw new ModelGap(`The model of a day's table does not know ${(command as object).constructor.name}.`);
  }

  const send = (command: object) => {
    counted.requests += 1;
    return call(command instanceof BatchGetCommand || command instanceof QueryCommand ? 15 : 5, () =>
      answer(command),
    );
  };
  const client = Object.assign(Object.create(DynamoDBDocumentClient.prototype) as DynamoDBDocumentClient, {
    send: send as DynamoDBDocumentClient["send"],
  });
  const table: Table = { tableName: "bursar-education", client };
  return { table, counted };
}

const keyed = (userId: string, SK: string) => ({ PK: `USER#${userId}`, SK });
