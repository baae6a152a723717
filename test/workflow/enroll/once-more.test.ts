import { beforeEach, describe, expect, test } from "vitest";
import { paidCourse } from "#test/support/payment-events.ts";
import { decision, NOON, paidEnrollment } from "#test/support/purchases.ts";
import type { Course } from "#workflow/model.ts";
import { useEnroll } from "./use-enroll.ts";

const under = useEnroll();
const key = { userId: "user-ada", checkoutSessionId: "cs_test_1" };

describe("a course that was paid before", () => {
  beforeEach(async () => {
    await under.enroll();
    under.payments.change("cs_test_1", { status: "complete", paymentStatus: "paid" });
  });

  const refund = (amount: number) =>
    under.stores.noteRefund(
      { ...key, courseId: paidCourse.courseId },
      { amount, isFull: amount === 4900, at: NOON },
    );

  test.each<[string, () => Promise<unknown>]>([
    ["withdrawn", () => under.stores.decide(key, decision())],
    [
      "given to another student",
      () => under.stores.decide(key, decision({ kind: "transferred", to: "user-grace" })),
    ],
    ["closed", () => under.stores.decide(key, decision({ kind: "closed" }))],
    ["all paid back", () => refund(4900)],
  ])("and was %s can be bought again, by a session of its own", async (_what, happens) => {
    await happens();
    await expect(under.enroll()).resolves.toMatchObject({
      outcome: "payment-needed",
      checkoutSessionId: "cs_test_2",
    });
    await expect(under.enroll()).resolves.toMatchObject({ checkoutSessionId: "cs_test_2" });
  });

  test.each<[string, () => Promise<unknown>]>([
    ["nothing was decided about", async () => {}],
    ["was waived", () => under.stores.decide(key, decision({ kind: "waived" }))],
    ["was paid back in part", () => refund(100)],
  ])("and %s is not paid twice", async (_what, happens) => {
    await happens();
    await expect(under.enroll()).resolves.toEqual({
      outcome: "payment-in-progress",
      checkoutSessionId: "cs_test_1",
    });
  });
});

describe("a course that became free while its form was open", () => {
  const { unitAmount: _amount, currency: _currency, ...rest } = paidCourse;
  const free: Course = { ...rest, pricingModel: "free" };

  test("is the student's, and the form cannot be paid any more", async () => {
    await under.enroll();
    await expect(under.enroll(free)).resolves.toMatchObject({ outcome: "enrolled" });
    expect(under.payments.payable()).toEqual([]);
    expect(under.leftOpen).toEqual([]);
  });

  test("is the student's even when the payment provider is away, which is said", async () => {
    await under.enroll();
    const away = new Error("Stripe is away");
    under.payments.expireCheckout = () => Promise.reject(away);
    await expect(under.enroll(free)).resolves.toMatchObject({ outcome: "enrolled" });
    expect(under.leftOpen).toEqual([away]);
  });

  test("expires nothing for a student who had it already", async () => {
    await under.stores.createEnrollment(paidEnrollment());
    under.payments.expireCheckout = () => Promise.reject(new Error("nobody asked for that"));
    await expect(under.enroll(free)).resolves.toMatchObject({ outcome: "already-enrolled" });
    expect(under.leftOpen).toEqual([]);
  });
});

test("an open checkout session without a client secret is an error, and no empty form", async () => {
  await under.enroll();
  under.payments.change("cs_test_1", { clientSecret: undefined });
  await expect(under.enroll()).rejects.toThrow("open session cs_test_1 came without a client secret");
});
