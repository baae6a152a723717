import { beforeEach, describe, expect, test } from "vitest";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse, paymentEvent, student } from "#test/support/payment-events.ts";
import { decision, openPurchase } from "#test/support/purchases.ts";
import type { Course } from "#workflow/model.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import { validateSession } from "#workflow/steps/validate-session.ts";

let stores: InMemoryStores;
beforeEach(() => {
  stores = createInMemoryStores({ courses: [paidCourse], students: [student] });
});

const validate = (event: Partial<PaymentEvent> = {}) =>
  validateSession(paymentEvent(event), { courses: stores, students: stores, purchases: stores });
const change = (changes: Partial<Course>) =>
  stores.courses.set(paidCourse.courseId, { ...paidCourse, ...changes });

const { unitAmount: _amount, currency: _currency, ...course } = paidCourse;
const freeCourse: Course = { ...course, pricingModel: "free" };

describe("a session that was opened here at 4900", () => {
  beforeEach(() => stores.openPurchase(openPurchase()));

  test.each<[string, () => unknown]>([
    ["costs what it did", () => {}],
    ["has become dearer", () => change({ unitAmount: 5900 })],
    ["has become cheaper", () => change({ unitAmount: 100 })],
    ["costs in another currency", () => change({ currency: "eur" })],
    ["is retired", () => change({ status: "retired" })],
    ["has become free", () => stores.courses.set(paidCourse.courseId, freeCourse)],
    ["is called something else", () => change({ name: "Unreliable Payments" })],
  ])("is as good as ever when the course %s", async (_what, happens) => {
    happens();
    await expect(validate()).resolves.toEqual({ isBarred: false });
  });

  test("for a course that is deleted names the course", async () => {
    stores.courses.clear();
    await expect(validate()).rejects.toMatchObject({ name: "CourseNotFound" });
  });

  test.each<[string, Partial<PaymentEvent>]>([
    ["another amount", { amountSubtotal: 5900 }],
    ["no amount", { amountSubtotal: null }],
    ["another currency", { currency: "eur" }],
  ])("that charged %s is held against the quote, though the course costs that now", async (_what, event) => {
    change({ unitAmount: event.amountSubtotal ?? 4900, currency: event.currency ?? "usd" });
    await expect(validate(event)).rejects.toMatchObject({
      name: "AmountMismatch",
      message: expect.stringMatching(/4900 usd \(\$49\.00\) was quoted/) as string,
    });
  });

  test.each<[string, Partial<PaymentEvent>]>([
    ["a code took a part off", { amountDiscount: 980, amountTax: 0, amountTotal: 3920 }],
    ["a code took all of it off", { amountDiscount: 4900, amountTax: 0, amountTotal: 0 }],
    ["tax came on top", { amountDiscount: 0, amountTax: 931, amountTotal: 5831 }],
    ["tax is in it", { amountDiscount: 0, amountTax: 782, amountTotal: 4900 }],
    ["an earlier version did not say what was taken off", { amountTotal: 100 }],
  ])("is as agreed when %s", async (_what, event) => {
    await expect(validate(event)).resolves.toEqual({ isBarred: false });
  });

  test("that charged less than its discount explains is held against the quote", async () => {
    const event = { amountDiscount: 980, amountTax: 0, amountTotal: 3919 };
    await expect(validate(event)).rejects.toMatchObject({
      name: "AmountMismatch",
      message:
        "session cs_test_1 charged 3919 usd ($39.19) after 980 usd ($9.80) off; 4900 usd ($49.00) was quoted",
    });
  });

  test("and names another course by now is not trusted, whatever that course costs", async () => {
    stores.courses.set("TEST-COURSE-005", { ...paidCourse, courseId: "TEST-COURSE-005" });
    await expect(validate({ courseId: "TEST-COURSE-005" })).rejects.toMatchObject({ name: "InvalidSession" });
  });

  test("is another student's in the eyes of that student", async () => {
    stores.students.set("user-grace", { ...student, userId: "user-grace" });
    change({ unitAmount: 5900 });
    const event = { userId: "user-grace", clientReferenceId: "user-grace" };
    await expect(validate(event)).rejects.toMatchObject({ name: "AmountMismatch" });
  });
});

describe("a session of which nobody knows what was agreed", () => {
  test("at 4900 for a course of 5900 is no purchase of it", async () => {
    change({ unitAmount: 5900 });
    await expect(validate()).rejects.toMatchObject({ name: "AmountMismatch" });
  });

  test("is held against the catalogue though it is known to be settled", async () => {
    const { unitAmount: _none, currency: _neither, ...known } = openPurchase({ settlement: paymentEvent() });
    await stores.openPurchase(known);
    await expect(validate()).resolves.toEqual({ isBarred: false });
    change({ unitAmount: 5900 });
    await expect(validate()).rejects.toMatchObject({ name: "AmountMismatch" });
  });
});

describe("what a person has decided", () => {
  test.each(["withdrawn", "transferred", "closed"] as const)(
    "%s: nothing is validated, nothing is wrong, whatever is wrong with it",
    async (kind) => {
      await stores.openPurchase(openPurchase({ decision: decision({ kind }) }));
      await expect(validate()).resolves.toEqual({ isBarred: true });
      stores.courses.clear();
      stores.students.clear();
      await expect(validate({ amountSubtotal: 1 })).resolves.toEqual({ isBarred: true });
      await expect(validate({ clientReferenceId: "user-grace" })).resolves.toEqual({ isBarred: true });
      await expect(validate({ courseId: null })).resolves.toEqual({ isBarred: true });
    },
  );

  test("waived: the purchase is like any other", async () => {
    await stores.openPurchase(openPurchase({ decision: decision({ kind: "waived" }) }));
    await expect(validate()).resolves.toEqual({ isBarred: false });
    await expect(validate({ amountSubtotal: 1 })).rejects.toMatchObject({ name: "AmountMismatch" });
  });

  test("nothing yet, and all of the money went back: it gives no place unless somebody says that all stays", async () => {
    const refunded = { amount: 4900, isFull: true, at: "2026-11-23T12:00:00.000Z" };
    await stores.openPurchase(openPurchase({ refunded }));
    await expect(validate()).resolves.toEqual({ isBarred: true });
    stores = createInMemoryStores({ courses: [paidCourse], students: [student] });
    await stores.openPurchase(openPurchase({ refunded, decision: decision({ kind: "waived" }) }));
    await expect(validate()).resolves.toEqual({ isBarred: false });
    stores = createInMemoryStores({ courses: [paidCourse], students: [student] });
    await stores.openPurchase(openPurchase({ refunded: { ...refunded, isFull: false } }));
    await expect(validate()).resolves.toEqual({ isBarred: false });
  });

  test("about a purchase says nothing of the student's other ones", async () => {
    await stores.openPurchase(openPurchase({ checkoutSessionId: "cs_test_0", decision: decision() }));
    await expect(validate()).resolves.toEqual({ isBarred: false });
  });
});
