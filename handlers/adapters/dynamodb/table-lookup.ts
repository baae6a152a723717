/** Students, enrollments and open checkouts, looked up by what an operator has. */
import { paginateScan, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { type Enrollment, enrollmentSchema, type Student, studentSchema } from "#workflow/model.ts";
import { orderNumberOf } from "#workflow/order-number.ts";
import type { ReportUnreadable } from "#workflow/ports/stores.ts";
import { readItem, readItems } from "./read-item.ts";
import { queryAll, type Table } from "./table.ts";

const PURCHASES = "PURCHASE#";

/** A course can have any number of enrollments; its newest show what is happening to it. */
const NEWEST_OF_COURSE = 25;

export function createTableLookup(table: Table) {
  return {
    /** Reads the whole table: nothing but this needs an index by e-mail. */
    async findStudentByEmail(email: string): Promise<Student | undefined> {
      const wanted = {
        TableName: table.tableName,
        FilterExpression: "SK = :metadata AND email = :email",
        ExpressionAttributeValues: { ":metadata": "METADATA", ":email": email },
      };
      for await (const { Items = [] } of paginateScan({ client: table.client }, wanted)) {
        if (Items[0]) return readItem(studentSchema, Items[0]);
      }
      return undefined;
    },

    /**
     * Reads the whole table, and of it the keys: whoever calls can wait, and no purchase has to be written twice for it.
     * @returns the ids of all checkout sessions with that number, of which there is hardly ever more than one
     */
    async findCheckoutsByOrderNumber(orderNumber: string): Promise<string[]> {
      const purchases = {
        TableName: table.tableName,
        FilterExpression: "begins_with(SK, :purchases)",
        ExpressionAttributeValues: { ":purchases": PURCHASES },
        ProjectionExpression: "SK",
      };
      const found = new Set<string>();
      for await (const { Items = [] } of paginateScan({ client: table.client }, purchases)) {
        for (const item of Items) {
          const checkoutSessionId = String(item["SK"]).slice(PURCHASES.length);
          if (orderNumberOf(checkoutSessionId) === orderNumber) found.add(checkoutSessionId);
        }
      }
      return [...found];
    },

    async findStudentByCustomer(customerId: string): Promise<Student | undefined> {
      const [item] = await queryAll(table, {
        IndexName: "GSI1",
        KeyConditionExpression: "GSI1PK = :customer",
        ExpressionAttributeValues: { ":customer": `CUSTOMER#${customerId}` },
      });
      return item ? readItem(studentSchema, item) : undefined;
    },

    /** @returns the ids of the sessions that the student may currently pay */
    async listOpenCheckouts(userId: string): Promise<string[]> {
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :student AND begins_with(SK, :checkouts)",
        ExpressionAttributeValues: { ":student": `USER#${userId}`, ":checkouts": "CHECKOUT#" },
      });
      return items.flatMap((item) => (item as { checkoutSessionId?: string }).checkoutSessionId ?? []);
    },

    async listNewestOfCourse(courseId: string, report: ReportUnreadable): Promise<Enrollment[]> {
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName: table.tableName,
          IndexName: "GSI1",
          KeyConditionExpression: "GSI1PK = :course",
          ExpressionAttributeValues: { ":course": `COURSE#${courseId}` },
          ScanIndexForward: false,
          Limit: NEWEST_OF_COURSE,
        }),
      );
      return readItems(enrollmentSchema, Items, report);
    },
  };
}
