/** Students in the table. */
import { type Student, studentSchema } from "#workflow/model.ts";
import { StudentErased, type StudentStore } from "#workflow/ports/stores.ts";
import { findErasure } from "./erasures.ts";
import { readItem } from "./read-item.ts";
import { getItem, keys, putItemIf, type Table, updateItemIf } from "./table.ts";

export function createStudentStore(table: Table): StudentStore {
  async function findStudent(userId: string): Promise<Student | undefined> {
    const item = await getItem(table, keys.student(userId));
    return item ? readItem(studentSchema, item) : undefined;
  }

  return {
    findStudent,

    async ensureStudent(student) {
      const standing = await findStudent(student.userId);
      if (standing) return standing;
      // Looked for after the student: an erasure is signed before it takes the student away.
      if (await findErasure(table, student.userId)) throw new StudentErased();
      const written = await putItemIf(table, studentItem(student), {
        ConditionExpression: "attribute_not_exists(PK)",
      });
      return written ? student : ((await findStudent(student.userId)) ?? student);
    },

    async updateClaims({ userId, email, name, emailVerified }, at) {
      const set = { email, name, emailVerified, updatedAt: at };
      await updateItemIf(table, keys.student(userId), { set }, "attribute_exists(PK)");
    },

    async linkCustomer(userId, customerId, at) {
      const linked = await updateItemIf(
        table,
        keys.student(userId),
        {
          set: {
            stripeCustomerId: customerId,
            updatedAt: at,
            GSI1PK: `CUSTOMER#${customerId}`,
            GSI1SK: userId,
          },
        },
        // Who buys again comes with the customer that stands already.
        "attribute_exists(PK) AND attribute_not_exists(stripeCustomerId) OR stripeCustomerId = :stripeCustomerId",
      );
      return linked ? customerId : (await findStudent(userId))?.stripeCustomerId;
    },

    async unlinkCustomer(userId, customerId, at) {
      await updateItemIf(
        table,
        keys.student(userId),
        { set: { updatedAt: at }, remove: ["stripeCustomerId", "GSI1PK", "GSI1SK"] },
        "stripeCustomerId = :gone",
        { ":gone": customerId },
      );
    },
  };
}

/** How a student is stored; also what seeding writes. */
export function studentItem(student: Student): Record<string, unknown> {
  return { ...keys.student(student.userId), ...student };
}
