/** Students in the table. */
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type Student, studentSchema } from "#workflow/model.ts";
import type { StudentStore } from "#workflow/ports/stores.ts";
import { getItem, holds, keys, putItemIf, type Table } from "./table.ts";

export function createStudentStore(table: Table): StudentStore {
  async function findStudent(userId: string): Promise<Student | undefined> {
    const item = await getItem(table, keys.student(userId));
    return item ? studentSchema.parse(item) : undefined;
  }

  return {
    findStudent,

    async ensureStudent(student) {
      const standing = await findStudent(student.userId);
      if (standing) return standing;
      const written = await putItemIf(table, studentItem(student), {
        ConditionExpression: "attribute_not_exists(PK)",
      });
      return written ? student : ((await findStudent(student.userId)) ?? student);
    },

    async linkCustomer(userId, customerId, at) {
      const linked = await holds(
        table.client.send(
          new UpdateCommand({
            TableName: table.tableName,
            Key: keys.student(userId),
            ConditionExpression: "attribute_exists(PK) AND attribute_not_exists(stripeCustomerId)",
            UpdateExpression: "SET stripeCustomerId = :id, updatedAt = :at, GSI1PK = :gsi, GSI1SK = :user",
            ExpressionAttributeValues: {
              ":id": customerId,
              ":at": at,
              ":gsi": `CUSTOMER#${customerId}`,
              ":user": userId,
            },
          }),
        ),
      );
      return linked ? customerId : (await findStudent(userId))?.stripeCustomerId;
    },
  };
}

/** How a student is stored; also what seeding writes. */
export function studentItem(student: Student): Record<string, unknown> {
  return { ...keys.student(student.userId), ...student };
}
