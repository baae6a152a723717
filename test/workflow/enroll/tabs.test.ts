import { describe, expect, test } from "vitest";
import { type Around, aroundCalls, inEveryOrder } from "#test/support/around-calls.ts";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse, paymentEvent, student } from "#test/support/payment-events.ts";
import { createProvider, type ProviderInMemory } from "#test/support/payment-provider.ts";
import { NOON } from "#test/support/purchases.ts";
import { type EnrollResult, enroll } from "#workflow/enroll/enroll.ts";
import type { Course, Student } from "#workflow/model.ts";
import { CheckoutRefused } from "#workflow/ports/payments.ts";
import { writeEnrollment } from "#workflow/steps/write-enrollment.ts";

let stores: InMemoryStores;
let payments: ProviderInMemory;
let answers: EnrollResult[];

/** @param fought what the two fight about, of which each call waits for its turn; all else is at once */
function portsOf(fought: object) {
  return {
    enrollments: stores,
    openCheckouts: stores,
    payments,
    ...fought,
    purchases: stores,
    students: stores,
    now: () => new Date(NOON),
    onOtherLeftOpen: (error: unknown) => {
      throw error;
    },
  };
}

const checkouts = (turn: Around) => aroundCalls({ openCheckouts: stores, payments }, turn);
const all = (turn: Around) => aroundCalls({ enrollments: stores, openCheckouts: stores, payments }, turn);

async function openTab(fought: object, course: Course = paidCourse, asStudent: Student = student) {
  answers.push(await enroll(asStudent, course, portsOf(fought)));
}

function begin() {
  stores = createInMemoryStores({ students: [student] });
  payments = createProvider();
  answers = [];
}

const linked = { ...student, stripeCustomerId: "cus_1" };
const dearer = { ...paidCourse, unitAmount: 5900 };
const { unitAmount: _amount, currency: _currency, ...rest } = paidCourse;
const free: Course = { ...rest, pricingModel: "free" };

describe("two tabs, in every order of what they do", () => {
  test.each<[string, () => unknown, Student]>([
    ["ask for the same", () => {}, student],
    ["ask for a new customer and a known one", () => {}, linked],
    [
      "find a customer who is gone",
      () => {
        payments.refuse = (request) =>
          request.student.stripeCustomerId ? new CheckoutRefused("customer") : undefined;
      },
      linked,
    ],
    [
      "get an answer that nobody can use",
      () => {
        payments.spoiled = 1;
      },
      student,
    ],
  ])("that %s end with one form, the only payable one", async (_what, happens, asOther) => {
    const orders = await inEveryOrder(
      ([one, other]) => {
        begin();
        happens();
        return [openTab(checkouts(one)), openTab(checkouts(other), paidCourse, asOther)];
      },
      () => {
        const [checkoutSessionId] = payments.payable();
        expect(payments.payable()).toHaveLength(1);
        const expected = { outcome: "payment-needed", checkoutSessionId };
        expect(answers).toMatchObject([expected, expected]);
      },
    );
    expect(orders).toBeGreaterThan(10);
  });

  test("after the price was changed end with one form at the new price", async () => {
    begin();
    await openTab({});
    const before = [new Map(stores.openCheckouts), new Map(payments.sessions)] as const;
    await inEveryOrder(
      ([one, other]) => {
        begin();
        for (const [key, open] of before[0]) stores.openCheckouts.set(key, open);
        for (const [key, session] of before[1]) payments.sessions.set(key, session);
        return [openTab(checkouts(one), dearer), openTab(checkouts(other), dearer)];
      },
      () => {
        expect(payments.payable()).toHaveLength(1);
        expect(answers[0]).toMatchObject({ checkoutSessionId: payments.payable()[0] });
        expect(answers[1]).toEqual(answers[0]);
        expect(payments.sessions.get(payments.payable()[0] ?? "")).toMatchObject({ amountSubtotal: 5900 });
      },
    );
  });
});

describe("a course that becomes the student's while a form is opened", () => {
  test.each<[string, (turn: Around) => Promise<unknown>]>([
    [
      "by another payment",
      (turn) =>
        writeEnrollment(paymentEvent({ checkoutSessionId: "cs_elsewhere" }), {
          ...portsOf(all(turn)),
          onWritten: () => {},
        }),
    ],
    ["for free", (turn) => openTab(all(turn), free)],
  ])("%s leaves nothing payable, in every order", async (_how, happens) => {
    const orders = await inEveryOrder(
      ([one, other]) => {
        begin();
        return [openTab(all(one)), happens(other)];
      },
      () => {
        expect(payments.payable()).toEqual([]);
        expect(stores.enrollments.size).toBe(1);
      },
    );
    expect(orders).toBeGreaterThan(10);
  });
});
