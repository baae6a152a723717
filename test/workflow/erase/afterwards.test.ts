import { beforeEach, describe, expect, test } from "vitest";
import { collect } from "#test/support/collect.ts";
import { paidCourse, paymentEvent, paymentNotice, student } from "#test/support/payment-events.ts";
import { paidSession } from "#test/support/purchases.ts";
import { followCheckout } from "#workflow/checkout/follow.ts";
import { notePayback } from "#workflow/checkout/note-payback.ts";
import { carryOut } from "#workflow/decide/carry-out.ts";
import { erase } from "#workflow/erase/erase.ts";
import { StudentErased } from "#workflow/ports/stores.ts";
import { compareWithEnrollment } from "#workflow/reconcile/against-enrollments.ts";
import { compareWithPayment } from "#workflow/reconcile/against-payments.ts";
import { closeCheckout } from "#workflow/steps/close-checkout.ts";
import { linkCustomer } from "#workflow/steps/link-customer.ts";
import { validateSession } from "#workflow/steps/validate-session.ts";
import { writeEnrollment } from "#workflow/steps/write-enrollment.ts";
import { DAY_AFTER, signature, useErase } from "./use-erase.ts";

const under = useErase();
const ADA = student.userId;
const now = () => new Date(DAY_AFTER);
let pseudonym: string;
let before: unknown;

beforeEach(async () => {
  ({ pseudonym } = await erase(ADA, signature, under.ports));
  before = await under.scan();
  under.payments.sessions.set("cs_test_1", paidSession());
});

/** As a step is given them. */
const ports = () => ({
  ...under.stores,
  courses: { findCourse: async () => paidCourse },
  payments: under.payments,
  now,
  onOtherLeftOpen: () => {},
  onWritten: () => {},
});

describe("after an erasure nothing comes back by", () => {
  test("the event that is delivered once more: it is answered as what was decided about is", async () => {
    await expect(validateSession(paymentEvent(), ports())).resolves.toEqual({ isBarred: true });
    expect(await under.scan()).toEqual(before);
  });

  test("a step that was at work: it takes back what it writes", async () => {
    await expect(writeEnrollment(paymentEvent(), ports())).resolves.toEqual({
      enrolledAt: null,
    });
    await linkCustomer(paymentEvent(), ports(), now);
    expect(await under.scan()).toEqual(before);
  });

  test("the news that the form has expired", async () => {
    const expired = paymentEvent({
      eventType: "checkout.session.expired",
      checkoutSessionId: "cs_test_open",
      courseId: "TEST-COURSE-005",
      paymentStatus: "unpaid",
    });
    await closeCheckout(expired, ports());
    expect(await under.scan()).toEqual(before);
  });

  test("the return page's bookmark: there is no such purchase", async () => {
    const executions = {
      ensureExecution: () => Promise.reject(new Error("nothing is to be started")),
      findExecutionStatus: async () => "unknown" as const,
    };
    const limits = { countRequest: () => Promise.reject(new Error("a count would be kept")) };
    const onLimitsAway = (error: unknown) => {
      throw error;
    };
    const followPorts = { ...ports(), executions, limits, onLimitsAway };
    await expect(followCheckout(ADA, "cs_test_1", followPorts)).resolves.toBeUndefined();
    expect(await under.scan()).toEqual(before);
  });

  test("a token that is still good", async () => {
    await expect(under.stores.students.ensureStudent(student)).rejects.toThrow(StudentErased);
    await under.stores.students.updateClaims(student, DAY_AFTER);
    await under.stores.students.linkCustomer(ADA, "cus_1", DAY_AFTER);
    expect(await under.scan()).toEqual(before);
  });

  test("the reconciliation, in either direction", async () => {
    const settlement = paymentEvent();
    await expect(compareWithEnrollment(settlement, undefined, ports())).resolves.toBeUndefined();
    const enrollment = await under.stores.enrollments.findEnrollment(pseudonym, paidCourse.courseId);
    if (!enrollment) throw new Error("the enrollment should be kept");
    await expect(compareWithPayment(enrollment, false, ports())).resolves.toBeUndefined();
    expect(await under.scan()).toEqual(before);
  });

  test("carrying out what was decided: the enrollment stays, without the student", async () => {
    const purchase = await under.stores.purchases.findPurchase(pseudonym, "cs_test_1");
    if (!purchase) throw new Error("the purchase should be kept");
    await carryOut(purchase, ports());
    expect(await under.scan()).toEqual(before);
  });

  test("a refund: it is noted on what is kept, and nobody is asked to decide", async () => {
    await expect(notePayback(paymentNotice(), ports())).resolves.toBe("known");
    await expect(under.stores.purchases.findPurchase(pseudonym, "cs_test_1")).resolves.toMatchObject({
      refunded: { amount: 4900 },
    });
    await expect(collect(under.stores.purchases.listPurchasesAwaitingAttention(() => {}))).resolves.toEqual(
      [],
    );
    expect(JSON.stringify(await under.scan())).not.toContain(ADA);
  });
});

test("somebody else may have the same name", async () => {
  const other = { ...student, userId: "user-ada-2" };
  await expect(under.stores.students.ensureStudent(other)).resolves.toEqual(other);
});
