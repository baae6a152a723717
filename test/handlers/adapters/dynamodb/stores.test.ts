import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { createEnrollmentStore } from "#handlers/adapters/dynamodb/enrollments.ts";
import { createOpenCheckoutStore } from "#handlers/adapters/dynamodb/open-checkouts.ts";
import { createPurchaseStore } from "#handlers/adapters/dynamodb/purchases.ts";
import { createStudentStore } from "#handlers/adapters/dynamodb/students.ts";
import { createSweepStore } from "#handlers/adapters/dynamodb/sweep.ts";
import { paymentEvent, student } from "#test/support/payment-events.ts";
import { NOON, openPurchase, paidEnrollment, settledPurchase } from "#test/support/purchases.ts";
import { useRealTable } from "#test/support/real-table.ts";

const table = useRealTable();
const LATER = "2026-11-23T13:00:00.000Z";

let count = 0;
let userId: string;
beforeEach(() => {
  count += 1;
  userId = `user-${count}`;
});

const put = (SK: string, item: object) =>
  table().client.send(
    new PutCommand({ TableName: table().tableName, Item: { PK: `USER#${userId}`, SK, ...item } }),
  );
const never = (record: unknown) => {
  throw record;
};

describe("what an earlier version has stored", () => {
  test.each([
    [true, { needsAttention: "evt_1" }],
    [false, {}],
  ])(
    "of a settled checkout that needs attention: %s, is a purchase without a quote",
    async (needsAttention, more) => {
      const ids = { userId, courseId: "TEST-COURSE-003", checkoutSessionId: "cs_test_1" };
      const settled = { ...ids, settlement: paymentEvent(), settledSeenAt: NOON };
      await put("SETTLED#cs_test_1", { ...settled, ...(needsAttention && { needsAttention }) });
      const purchases = createPurchaseStore(table());
      await expect(purchases.findPurchase(userId, "cs_test_1")).resolves.toEqual({ ...settled, ...more });
      await expect(purchases.listPurchases(userId, never)).resolves.toEqual([{ ...settled, ...more }]);
      await purchases.noteRefund(ids, { amount: 100, isFull: false, at: LATER });
      await expect(purchases.findPurchase(userId, "cs_test_1")).resolves.toHaveProperty("refunded");
    },
  );

  test("of an open checkout counts no attempts, and is replaced once", async () => {
    const open = { userId, courseId: "TEST-COURSE-003", checkoutSessionId: "cs_test_1", expiresAt: LATER };
    await put("CHECKOUT#TEST-COURSE-003", open);
    const checkouts = createOpenCheckoutStore(table());
    const standing = await checkouts.findOpenCheckout(userId, "TEST-COURSE-003");
    expect(standing).toEqual({ ...open, attempt: 0 });
    const next = { ...open, checkoutSessionId: "cs_test_2", attempt: 1 };
    await expect(checkouts.replaceOpenCheckout(next, standing)).resolves.toBe(true);
    await expect(checkouts.replaceOpenCheckout(next, standing)).resolves.toBe(false);
  });
});

describe("the one payable checkout", () => {
  test("is replaced by one of those who try at once", async () => {
    const checkouts = createOpenCheckoutStore(table());
    const of = (checkoutSessionId: string, attempt: number) => ({
      userId,
      courseId: "TEST-COURSE-003",
      checkoutSessionId,
      attempt,
    });
    const first = ["cs_1", "cs_2"].map((id) => checkouts.replaceOpenCheckout(of(id, 1), undefined));
    expect((await Promise.all(first)).sort()).toEqual([false, true]);
    const standing = await checkouts.findOpenCheckout(userId, "TEST-COURSE-003");
    const second = ["cs_3", "cs_4"].map((id) => checkouts.replaceOpenCheckout(of(id, 2), standing));
    expect((await Promise.all(second)).sort()).toEqual([false, true]);
  });

  test("is closed if it is that session, and goes on counting", async () => {
    const checkouts = createOpenCheckoutStore(table());
    const open = { userId, courseId: "TEST-COURSE-003", checkoutSessionId: "cs_test_1", attempt: 3 };
    await checkouts.replaceOpenCheckout(open, undefined);
    await checkouts.closeOpenCheckout({ ...open, checkoutSessionId: "cs_test_0" }, NOON);
    await expect(checkouts.findOpenCheckout(userId, "TEST-COURSE-003")).resolves.toEqual(open);
    await checkouts.closeOpenCheckout(open, NOON);
    await expect(checkouts.findOpenCheckout(userId, "TEST-COURSE-003")).resolves.toEqual({
      ...open,
      closedAt: NOON,
    });
  });
});

test("an enrollment is taken back if it is by that session", async () => {
  const enrollments = createEnrollmentStore(table());
  await enrollments.createEnrollment(paidEnrollment({ userId }));
  await expect(enrollments.deleteEnrollment(userId, "TEST-COURSE-003", "cs_test_0")).resolves.toBe(false);
  await expect(enrollments.findEnrollment(userId, "TEST-COURSE-003")).resolves.toBeDefined();
  await expect(enrollments.deleteEnrollment(userId, "TEST-COURSE-003", "cs_test_1")).resolves.toBe(true);
  await expect(enrollments.findEnrollment(userId, "TEST-COURSE-003")).resolves.toBeUndefined();
  await expect(enrollments.deleteEnrollment(userId, "TEST-COURSE-003", "cs_test_1")).resolves.toBe(false);
});

describe("a student", () => {
  test("loses the customer that is gone, and no other", async () => {
    const students = createStudentStore(table());
    await students.ensureStudent({ ...student, userId });
    await students.linkCustomer(userId, "cus_new", NOON);
    await students.unlinkCustomer(userId, "cus_gone", LATER);
    await expect(students.findStudent(userId)).resolves.toMatchObject({ stripeCustomerId: "cus_new" });
    await students.unlinkCustomer(userId, "cus_new", LATER);
    await expect(students.findStudent(userId)).resolves.toEqual({ ...student, userId, updatedAt: LATER });
    await expect(students.linkCustomer(userId, "cus_next", LATER)).resolves.toBe("cus_next");
  });

  test("is called what the sign-in says now, keeping all else", async () => {
    const students = createStudentStore(table());
    await students.updateClaims({ ...student, userId }, LATER);
    await expect(students.findStudent(userId)).resolves.toBeUndefined();
    await students.ensureStudent({ ...student, userId, stripeCustomerId: "cus_1" });
    const claims = { email: "king@example.com", name: "Ada King", emailVerified: false };
    await students.updateClaims({ ...student, userId, ...claims }, LATER);
    await expect(students.findStudent(userId)).resolves.toEqual({
      ...student,
      ...claims,
      userId,
      stripeCustomerId: "cus_1",
      updatedAt: LATER,
    });
  });
});

test("how far the sweep has come is saved by one of those who sweep at once", async () => {
  const sweeps = createSweepStore(table());
  await expect(sweeps.findSweep()).resolves.toBeUndefined();
  const first = [NOON, LATER].map((sweptUntil) => sweeps.saveSweep({ sweptUntil }, undefined));
  expect((await Promise.all(first)).sort()).toEqual([false, true]);
  const standing = await sweeps.findSweep();
  const next = { sweptUntil: "2026-11-23T14:00:00.000Z", deliveredAhead: ["cs_1"] };
  await expect(sweeps.saveSweep(next, { sweptUntil: "2026-11-01T00:00:00.000Z" })).resolves.toBe(false);
  await expect(sweeps.saveSweep(next, standing)).resolves.toBe(true);
  await expect(sweeps.findSweep()).resolves.toEqual(next);
});

describe("a record that is not of its shape", () => {
  test("is named by its key and its fields, without a value, and the others are listed", async () => {
    await put("ENROLLMENT#TEST-COURSE-003", paidEnrollment({ userId }));
    await put("ENROLLMENT#TEST-COURSE-005", {
      ...paidEnrollment({ userId }),
      courseId: "TEST-COURSE-005",
      enrollmentType: "gift",
    });
    await put("PURCHASE#cs_1", settledPurchase({ userId }));
    await put("PURCHASE#cs_2", { ...openPurchase({ userId }), unitAmount: "a secret" });
    const named: string[] = [];
    const report = ({ message }: Error) => named.push(message);
    await expect(createEnrollmentStore(table()).listEnrollments(userId, report)).resolves.toHaveLength(1);
    await expect(createPurchaseStore(table()).listPurchases(userId, report)).resolves.toHaveLength(1);
    expect(named).toEqual([
      expect.stringContaining(`USER#${userId} ENROLLMENT#TEST-COURSE-005 cannot be read: enrollmentType`),
      expect.stringContaining(`USER#${userId} PURCHASE#cs_2 cannot be read: unitAmount`),
    ]);
    expect(named.join()).not.toMatch(/gift|a secret/);
  });

  test("is an error of its own for whoever asks for it", async () => {
    await put("ENROLLMENT#TEST-COURSE-003", { ...paidEnrollment({ userId }), enrollmentType: "gift" });
    const finding = createEnrollmentStore(table()).findEnrollment(userId, "TEST-COURSE-003");
    await expect(finding).rejects.toMatchObject({
      name: "UnreadableRecord",
      key: `USER#${userId} ENROLLMENT#TEST-COURSE-003`,
    });
  });
});
