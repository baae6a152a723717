import { describe, expect, test } from "vitest";
import { createInMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse, paymentEvent, student } from "#test/support/payment-events.ts";
import type { Course } from "#workflow/model.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import { validateSession } from "#workflow/steps/validate-session.ts";

const ports = (courses: Course[] = [paidCourse]) => {
  const stores = createInMemoryStores({ courses, students: [student] });
  return { courses: stores, students: stores, purchases: stores };
};

describe("validating a checkout session", () => {
  test("a session that matches course and student passes", async () => {
    await expect(validateSession(paymentEvent(), ports())).resolves.toEqual({ isBarred: false });
  });

  test.each<[string, Partial<PaymentEvent>, string]>([
    ["no course in the metadata", { courseId: null }, "InvalidSession"],
    ["no student in the metadata", { userId: null }, "InvalidSession"],
    ["a reference that names another student", { clientReferenceId: "user-grace" }, "InvalidSession"],
    ["no reference at all", { clientReferenceId: null }, "InvalidSession"],
    ["a course that does not exist", { courseId: "GONE" }, "CourseNotFound"],
    ["a student who does not exist", { userId: "user-x", clientReferenceId: "user-x" }, "StudentNotFound"],
    ["another amount", { amountSubtotal: 100 }, "AmountMismatch"],
    ["no amount", { amountSubtotal: null }, "AmountMismatch"],
    ["another currency", { currency: "eur" }, "AmountMismatch"],
  ])("%s is refused", async (_what, overrides, name) => {
    await expect(validateSession(paymentEvent(overrides), ports())).rejects.toMatchObject({ name });
  });

  test("a payment for a course that has become free is refused", async () => {
    const { unitAmount: _amount, currency: _currency, ...rest } = paidCourse;
    await expect(
      validateSession(paymentEvent(), ports([{ ...rest, pricingModel: "free" }])),
    ).rejects.toMatchObject({
      name: "InvalidSession",
    });
  });

  test("a session that was never paid is held against nothing", async () => {
    const expired = paymentEvent({
      eventType: "checkout.session.expired",
      paymentStatus: "unpaid",
      courseId: "GONE",
    });
    await expect(validateSession(expired, ports())).resolves.toEqual({ isBarred: false });
  });

  test("a mismatch says both amounts as programs count them and as people read them", async () => {
    const course: Course = { ...paidCourse, unitAmount: 500_000, currency: "huf" };
    const event = paymentEvent({ amountSubtotal: 490_050, currency: "huf" });
    const error = await validateSession(event, ports([course])).catch((thrown: Error) => thrown);
    const message = "message" in error ? error.message.replaceAll(/\s/g, " ") : "";
    expect(message).toContain("charged 490050 huf (HUF 4,900.50);");
    expect(message).toContain("500000 huf (HUF 5,000) is what course TEST-COURSE-003 costs");
  });

  test("no message names the student's e-mail or name", async () => {
    const error = await validateSession(paymentEvent({ amountSubtotal: 1 }), ports()).catch(String);
    expect(error).not.toMatch(/ada@|Lovelace/);
  });
});
