import { describe, expect, test } from "vitest";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import { writeEnrollment } from "#workflow/steps/write-enrollment.ts";

const noon = () => new Date("2026-11-23T12:00:00.000Z");
const evening = () => new Date("2026-11-23T20:00:00.000Z");

const portsOf = (stores: InMemoryStores, now: () => Date) => ({
  enrollments: stores,
  openCheckouts: stores,
  purchases: stores,
  payments: { expireCheckout: async () => {} },
  now,
  onOtherLeftOpen: () => {},
});

describe("writing an enrollment", () => {
  test("keeps how it was paid", async () => {
    const stores = createInMemoryStores();
    await writeEnrollment(paymentEvent(), portsOf(stores, noon));
    expect([...stores.enrollments.values()]).toEqual([
      {
        userId: "user-ada",
        courseId: "TEST-COURSE-003",
        enrollmentType: "paid",
        enrolledAt: "2026-11-23T12:00:00.000Z",
        paymentStatus: "completed",
        stripeSessionId: "cs_test_1",
        stripePaymentIntentId: "pi_1",
        progress: 0,
        completed: false,
      },
    ]);
  });

  test("the same session again changes nothing and succeeds with the first time", async () => {
    const stores = createInMemoryStores();
    await writeEnrollment(paymentEvent(), portsOf(stores, noon));
    await expect(
      writeEnrollment(paymentEvent({ eventId: "evt_2" }), portsOf(stores, evening)),
    ).resolves.toEqual({
      enrolledAt: "2026-11-23T12:00:00.000Z",
      isNew: false,
    });
    expect(stores.enrollments.size).toBe(1);
  });

  test("another paid session for the same course is a double payment that names both payments", async () => {
    const stores = createInMemoryStores();
    await writeEnrollment(paymentEvent(), portsOf(stores, noon));
    const second = paymentEvent({ checkoutSessionId: "cs_test_2", paymentIntentId: "pi_2" });
    const error = await writeEnrollment(second, portsOf(stores, evening)).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      name: "DoublePayment",
      message: expect.stringMatching(/pi_1.*pi_2/) as string,
    });
  });

  test("paying for a course that was given for free is a double payment too", async () => {
    const stores = createInMemoryStores();
    await stores.createEnrollment({
      userId: "user-ada",
      courseId: "TEST-COURSE-003",
      enrollmentType: "free",
      enrolledAt: "2026-11-01T00:00:00.000Z",
      paymentStatus: "free",
      progress: 0,
      completed: false,
    });
    await expect(writeEnrollment(paymentEvent(), portsOf(stores, noon))).rejects.toMatchObject({
      name: "DoublePayment",
    });
  });
});
