import { beforeEach, expect, test } from "vitest";
import { createEnrollmentStore } from "#handlers/adapters/dynamodb/enrollments.ts";
import { createPurchaseStore } from "#handlers/adapters/dynamodb/purchases.ts";
import { NOON, openPurchase, paidEnrollment } from "#test/support/purchases.ts";
import { useRealTable } from "#test/support/real-table.ts";

const realTable = useRealTable();
let answersToLose = 0;
let count = 0;
let userId: string;

beforeEach(() => {
  answersToLose = 0;
  count += 1;
  userId = `user-${count}`;
  const { middlewareStack } = realTable().client;
  middlewareStack.remove("loseAnswer");
  const loseAnswer = (next: (given: unknown) => Promise<unknown>) => async (given: unknown) => {
    const answer = await next(given);
    if (answersToLose === 0) return answer;
    answersToLose -= 1;
    throw Object.assign(new Error("the answer was lost"), { name: "TimeoutError" });
  };
  middlewareStack.addRelativeTo(loseAnswer as never, {
    relation: "after",
    toMiddleware: "retryMiddleware",
    name: "loseAnswer",
  });
});

const refund = { amount: 4900, isFull: true, at: NOON };

test("an enrollment whose first answer was lost is one that was made, and then stands in the way of others", async () => {
  const store = createEnrollmentStore(realTable());
  answersToLose = 1;
  await expect(store.createEnrollment(paidEnrollment({ userId }))).resolves.toBe(true);
  answersToLose = 1;
  const other = paidEnrollment({ userId, stripeSessionId: "cs_test_2" });
  await expect(store.createEnrollment(other)).resolves.toBe(false);
});

test("a refund whose first answer was lost is news, and then no more", async () => {
  const store = createPurchaseStore(realTable());
  await store.openPurchase(openPurchase({ userId }));
  const ids = { userId, courseId: "TEST-COURSE-003", checkoutSessionId: "cs_test_1" };
  answersToLose = 1;
  await expect(store.noteRefund(ids, refund)).resolves.toBe(true);
  await expect(store.noteRefund(ids, refund)).resolves.toBe(false);
});
