import { beforeEach, describe, expect, test } from "vitest";
import { collect } from "#test/support/collect.ts";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import { decision, paidEnrollment, settledPurchase } from "#test/support/purchases.ts";
import { writeEnrollment } from "#workflow/steps/write-enrollment.ts";

const noon = () => new Date("2026-11-23T12:00:00.000Z");
const evening = () => new Date("2026-11-23T20:00:00.000Z");

/** How often an enrollment was told of. */
let written = 0;
beforeEach(() => {
  written = 0;
});

const portsOf = (stores: InMemoryStores, now: () => Date) => ({
  enrollments: stores,
  openCheckouts: stores,
  purchases: stores,
  payments: { expireCheckout: async () => {} },
  now,
  onOtherLeftOpen: () => {},
  onWritten: () => {
    written += 1;
  },
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
    });
    expect(stores.enrollments.size).toBe(1);
    expect(written).toBe(1);
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

test("an enrollment stands though nobody could look for another checkout, and that is told", async () => {
  const stores = createInMemoryStores();
  stores.findOpenCheckout = () => Promise.reject(new Error("unreadable"));
  let told: unknown;
  const onOtherLeftOpen = (error: unknown) => {
    told = error;
  };
  await writeEnrollment(paymentEvent(), { ...portsOf(stores, noon), onOtherLeftOpen });
  expect([stores.enrollments.size, String(told)]).toEqual([1, "Error: unreadable"]);
});

describe("an enrollment is told of once", () => {
  test("though the answer to its write was lost", async () => {
    const stores = createInMemoryStores();
    const { createEnrollment } = stores;
    stores.createEnrollment = async (enrollment) => {
      await createEnrollment(enrollment);
      throw new Error("the answer was lost");
    };
    await writeEnrollment(paymentEvent(), portsOf(stores, noon));
    stores.createEnrollment = createEnrollment;
    await writeEnrollment(paymentEvent(), portsOf(stores, evening));
    expect(written).toBe(1);
  });

  test("though the table went away after the write", async () => {
    const stores = createInMemoryStores();
    const { findPurchase } = stores;
    stores.findPurchase = () => Promise.reject(new Error("the table is away"));
    await expect(writeEnrollment(paymentEvent(), portsOf(stores, noon))).rejects.toThrow("away");
    stores.findPurchase = findPurchase;
    await writeEnrollment(paymentEvent(), portsOf(stores, evening));
    expect(written).toBe(1);
  });

  test("and not at all of one that was not written", async () => {
    const stores = createInMemoryStores();
    stores.createEnrollment = () => Promise.reject(new Error("the table is away"));
    await expect(writeEnrollment(paymentEvent(), portsOf(stores, noon))).rejects.toThrow("away");
    expect(written).toBe(0);
  });
});

describe("writing what a person has decided about", () => {
  test.each(["withdrawn", "transferred", "closed"] as const)(
    "when it was %s leaves nothing",
    async (kind) => {
      const stores = createInMemoryStores();
      await stores.openPurchase(settledPurchase({ decision: decision({ kind }) }));
      await expect(writeEnrollment(paymentEvent(), portsOf(stores, noon))).resolves.toEqual({
        enrolledAt: null,
      });
      expect(written).toBe(0);
      expect(stores.enrollments.size).toBe(0);
    },
  );

  test("takes nothing back that is another purchase's", async () => {
    const stores = createInMemoryStores();
    await stores.openPurchase(settledPurchase({ decision: decision() }));
    await stores.createEnrollment(paidEnrollment({ stripeSessionId: "cs_test_0" }));
    await expect(writeEnrollment(paymentEvent(), portsOf(stores, noon))).rejects.toThrow(
      "already has course",
    );
    expect(stores.enrollments.size).toBe(1);
  });

  test("when it was waived is written", async () => {
    const stores = createInMemoryStores();
    await stores.openPurchase(settledPurchase({ decision: decision({ kind: "waived" }) }));
    await writeEnrollment(paymentEvent(), portsOf(stores, noon));
    expect(written).toBe(1);
  });
});

describe("a failure that is mended by the enrollment", () => {
  test.each([{ needsAttention: "evt_1" }, { failing: "evt_1" }])("is forgotten: %o", async (failure) => {
    const stores = createInMemoryStores();
    await stores.noteFailure(
      settledPurchase(),
      paymentEvent(),
      { executionName: "evt_1", isFinal: "needsAttention" in failure },
      "2026-11-23T12:00:00.000Z",
    );
    expect([...stores.purchases.values()]).toMatchObject([failure]);
    await writeEnrollment(paymentEvent(), portsOf(stores, evening));
    expect([...stores.purchases.values()]).not.toMatchObject([failure]);
    await expect(collect(stores.listPurchasesAwaitingAttention(() => {}))).resolves.toEqual([]);
  });

  test("costs a purchase that never failed no write", async () => {
    const stores = createInMemoryStores();
    await stores.openPurchase(settledPurchase());
    stores.clearAttention = () => Promise.reject(new Error("nobody asked for that"));
    await writeEnrollment(paymentEvent(), portsOf(stores, noon));
    expect(written).toBe(1);
  });
});
