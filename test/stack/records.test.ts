import { describe, expect, test } from "vitest";
import { keys } from "#handlers/adapters/dynamodb/table.ts";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { IBANS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { signIn } from "#infra/local/student-session.ts";
import {
  buy,
  newStudent,
  openSessionElsewhere,
  payByDebit,
  startCheckout,
  turnKnobs,
} from "#test/support/checkouts.ts";
import { useOperator } from "#test/support/operator.ts";
import { endOf, SOON } from "#test/support/purchase-history.ts";
import { paidEnrollment } from "#test/support/purchases.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";
import type { EnrollmentsAnswer, PurchasesAnswer } from "#workflow/contract.ts";

const COURSE = "TEST-COURSE-003";
const OTHER_COURSE = "TEST-COURSE-005";
/** Milliseconds; every command is a process of its own. */
const PATIENT = { timeout: 120_000 };

const { stack, clients } = useRunningStack();
const operator = useOperator(stack);

describe("a purchase on another device", () => {
  test("is shown while the bank is still working, and cannot be paid a second time", async () => {
    await turnKnobs(stack, { asyncPaymentDelayMs: 60_000 });
    const here = await newStudent("two-devices", stack);
    const checkout = await startCheckout(here, COURSE);
    await payByDebit(stack, checkout, IBANS.paying);
    const there = await signIn(here.email, stack);
    const { purchases } = await there.callApi<PurchasesAnswer>("GET", "/api/purchases");
    expect(purchases).toMatchObject([
      { checkoutSessionId: checkout.checkoutSessionId, courseId: COURSE, stage: "processing" },
    ]);
    await expect(there.enroll(COURSE)).rejects.toThrow(/409.*already on its way/);
  });
});

describe("a record that cannot be read", () => {
  test("of the table is named, and everything else goes on", PATIENT, async () => {
    const student = await newStudent("gifted", stack);
    const { checkoutSessionId } = await buy(student, COURSE);
    await endOf(stack, clients, checkoutSessionId);
    const key = keys.enrollment(student.userId, OTHER_COURSE);
    const item = {
      ...paidEnrollment({ userId: student.userId, courseId: OTHER_COURSE }),
      enrollmentType: "gift",
    };
    const enrolledAt = new Date().toISOString();
    const index = { GSI1PK: `COURSE#${OTHER_COURSE}`, GSI1SK: `${enrolledAt}#${student.userId}` };
    await clients.putItem({ ...key, ...index, ...item, enrolledAt });

    const { enrollments } = await student.callApi<EnrollmentsAnswer>("GET", "/api/enrollments");
    expect(enrollments.map(({ courseId }) => courseId)).toEqual([COURSE]);
    const named = `${key.PK} ${key.SK}`;
    const { unreadable } = await operator.sweep(1);
    expect(unreadable.map((record) => record.key)).toEqual([named]);
    const { code, stdout } = await operator.run("npm run reconcile");
    expect(stdout).toContain(named);
    expect(code).toBe(3);
    await clients.removeItem(key.PK, key.SK);
  });

  test("of Stripe's is named, and everything else goes on", PATIENT, async () => {
    const student = await newStudent("without-status", stack);
    const { checkoutSessionId } = await startCheckout(student, COURSE);
    const paid = await buy(student, OTHER_COURSE);
    await endOf(stack, clients, paid.checkoutSessionId);
    await turnKnobs(stack, { sessionsWithoutStatus: [checkoutSessionId] });

    const { purchases } = await student.callApi<PurchasesAnswer>("GET", "/api/purchases");
    expect(purchases.map((one) => [one.checkoutSessionId, one.stage])).toEqual([
      [paid.checkoutSessionId, "enrolled"],
      [checkoutSessionId, "open"],
    ]);
    const { unreadable } = await operator.reconcile();
    expect(unreadable.map(({ key }) => key)).toEqual([checkoutSessionId]);
    const { code, stdout } = await operator.run("npm run reconcile");
    expect(stdout).toContain(checkoutSessionId);
    expect(code).toBe(3);
    await turnKnobs(stack, { sessionsWithoutStatus: [] });
  });
});

describe("what the version before has stored", () => {
  test("leads a return page to the enrollment, and is kept as a purchase", async () => {
    const student = await newStudent("settled-before", stack);
    await turnKnobs(stack, { dropDeliveries: true });
    const { checkoutSessionId } = await buy(student, COURSE);
    await student.readCheckout(checkoutSessionId);
    await turnKnobs(stack, { dropDeliveries: false });
    const { PK, SK } = keys.purchase(student.userId, checkoutSessionId);
    const settlement = (await clients.readItem(PK, SK))?.["settlement"];
    await clients.removeItem(PK, SK);
    const ids = { userId: student.userId, courseId: COURSE, checkoutSessionId };
    const settledSeenAt = new Date(Date.now() - 60_000).toISOString();
    await clients.putItem({
      PK,
      SK: `SETTLED#${checkoutSessionId}`,
      ...ids,
      settlement,
      settledSeenAt,
    });
    await expect
      .poll(() => student.readCheckout(checkoutSessionId), SOON)
      .toMatchObject({ stage: "enrolled" });
    await expect(clients.readItem(PK, SK)).resolves.toMatchObject({ ...ids, settlement, settledSeenAt });
    const { purchases } = await student.callApi<PurchasesAnswer>("GET", "/api/purchases");
    expect(purchases).toMatchObject([{ checkoutSessionId, unitAmount: 4900, stage: "enrolled" }]);
  });

  test("is the checkout that the student goes on with, and then the one before the next", async () => {
    const student = await newStudent("open-before", stack);
    const open = await openSessionElsewhere(stack, student.userId, COURSE);
    const { checkoutSessionId } = open;
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    await clients.putItem({
      ...keys.openCheckout(student.userId, COURSE),
      userId: student.userId,
      courseId: COURSE,
      checkoutSessionId,
      expiresAt,
    });
    await expect(startCheckout(student, COURSE)).resolves.toMatchObject(open);

    await createStandInClient(stack.stripeUrl).checkout.sessions.expire(open.checkoutSessionId);
    const next = await buy(student, COURSE);
    expect(next.checkoutSessionId).not.toBe(open.checkoutSessionId);
    await expect(endOf(stack, clients, next.checkoutSessionId)).resolves.toMatchObject({
      status: "SUCCEEDED",
    });
  });
});
