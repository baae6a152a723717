/** All that the table holds of a person, and the moves that take the person out of it. */
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { enrollmentSchema, openCheckoutSchema, studentSchema } from "#workflow/model.ts";
import type { PersonalDataStore } from "#workflow/ports/personal-data.ts";
import { type Purchase, purchaseSchema } from "#workflow/purchase.ts";
import { UnreadableRecord } from "#workflow/unreadable-record.ts";
import { enrollmentItem } from "./enrollments.ts";
import { createErasureStore } from "./erasures.ts";
import { createPurchaseStore } from "./purchases.ts";
import { readItem } from "./read-item.ts";
import { deleteItem, keys, putItem, queryAll, type Table, updateItemIf } from "./table.ts";

const SETTLED = "SETTLED#";

interface KeyedItem {
  PK: string;
  SK: string;
}

export interface PersonalItems {
  /** Every item under the person's id, as it is stored. */
  listItems(userId: string): Promise<Record<string, unknown>[]>;
  /** Reads the whole table. One address can belong to two ways of signing in. */
  listUserIdsByEmail(email: string): Promise<string[]>;
}

export function createPersonalData(table: Table): PersonalDataStore & PersonalItems {
  const listItems = async (userId: string) =>
    (await queryAll(table, {
      KeyConditionExpression: "PK = :student",
      ExpressionAttributeValues: { ":student": `USER#${userId}` },
      ConsistentRead: true,
    })) as (KeyedItem & Record<string, unknown>)[];

  const listSettled = async (userId: string) =>
    (await listItems(userId)).filter(({ SK }) => SK.startsWith(SETTLED));

  return {
    ...createErasureStore(table),
    listItems,

    async readPerson(userId) {
      const { findPurchase } = createPurchaseStore(table);
      // What earlier versions remembered becomes a purchase when it is read.
      for (const { SK } of await listSettled(userId)) await findPurchase(userId, SK.slice(SETTLED.length));
      const items = await listItems(userId);
      const of = (kind: string) => items.filter(({ SK }) => SK.startsWith(kind));
      const known = ["METADATA", "ENROLLMENT#", "PURCHASE#", "CHECKOUT#", SETTLED];
      const other = items.find(({ SK }) => !known.some((kind) => SK.startsWith(kind)));
      if (other)
        throw new UnreadableRecord(`${other.PK} ${other.SK}`, "it is no kind of record that is known");
      const [student] = of("METADATA");
      return {
        userId,
        student: student && readItem(studentSchema, student),
        enrollments: of("ENROLLMENT#").map((item) => readItem(enrollmentSchema, item)),
        purchases: of("PURCHASE#").map((item) => readItem(purchaseSchema, item)),
        openCheckouts: of("CHECKOUT#").map((item) => readItem(openCheckoutSchema, item)),
      };
    },

    async movePurchase(userId, kept) {
      const { checkoutSessionId, refunded, disputed } = kept;
      await putItem(table, {
        ...keys.purchase(kept.userId, checkoutSessionId),
        ...kept,
        // What later news of the payment is compared with.
        ...(refunded && { refundedAmount: refunded.amount }),
        ...(disputed && { disputedAt: disputed.at }),
      });
      await deleteItem(table, keys.purchase(userId, checkoutSessionId));
    },

    async moveEnrollment(userId, kept) {
      await putItem(table, enrollmentItem(kept));
      await deleteItem(table, keys.enrollment(userId, kept.courseId));
    },

    forgetPurchase: ({ userId, checkoutSessionId }) =>
      deleteItem(table, keys.purchase(userId, checkoutSessionId)),
    forgetEnrollment: ({ userId, courseId }) => deleteItem(table, keys.enrollment(userId, courseId)),
    forgetOpenCheckout: ({ userId, courseId }) => deleteItem(table, keys.openCheckout(userId, courseId)),

    async forgetStudent(userId) {
      for (const { PK, SK } of await listSettled(userId)) await deleteItem(table, { PK, SK });
      await deleteItem(table, keys.student(userId));
    },

    async listUserIdsByEmail(email) {
      const students = {
        TableName: table.tableName,
        FilterExpression: "SK = :metadata AND email = :email",
        ExpressionAttributeValues: { ":metadata": "METADATA", ":email": email },
      };
      const userIds: string[] = [];
      for await (const { Items = [] } of paginateScan({ client: table.client }, students))
        userIds.push(...Items.map((item) => readItem(studentSchema, item).userId));
      return userIds;
    },

    async listPurchasesWith(words) {
      const purchases = {
        TableName: table.tableName,
        FilterExpression: "begins_with(SK, :purchases)",
        ExpressionAttributeValues: { ":purchases": "PURCHASE#" },
      };
      const found: Purchase[] = [];
      for await (const { Items = [] } of paginateScan({ client: table.client }, purchases)) {
        const named = Items.filter((item) => containsAny(JSON.stringify(item).toLowerCase(), words));
        found.push(...named.map((item) => readItem(purchaseSchema, item)));
      }
      return found;
    },

    async rewritePurchase({ userId, checkoutSessionId, settlement, decision }) {
      const set = { ...(settlement && { settlement }), ...(decision && { decision }) };
      await updateItemIf(table, keys.purchase(userId, checkoutSessionId), { set }, "attribute_exists(PK)");
    },
  };
}

const containsAny = (text: string, words: string[]) => words.some((word) => text.includes(word));
