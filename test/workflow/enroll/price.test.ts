import { describe, expect, test } from "vitest";
import { paidCourse } from "#test/support/payment-events.ts";
import { openPurchase } from "#test/support/purchases.ts";
import { useEnroll } from "./use-enroll.ts";

const under = useEnroll();
const priced = { ...paidCourse, stripePriceId: "price_1" };

describe("before the form is shown", () => {
  test("what is agreed is stored, and then which session is the payable one", async () => {
    const order: string[] = [];
    const { openPurchase: open, replaceOpenCheckout: replace } = under.stores;
    under.stores.openPurchase = (purchase) => open(purchase).finally(() => order.push("purchase"));
    under.stores.replaceOpenCheckout = (...checkouts) =>
      replace(...checkouts).finally(() => order.push("open checkout"));
    await under.enroll();
    expect(order).toEqual(["purchase", "open checkout"]);
    const { expiresAt } = openPurchase();
    expect([...under.stores.purchases.values()]).toEqual([
      openPurchase({ openedAt: "2026-11-23T12:00:00.000Z" }),
    ]);
    expect([...under.stores.openCheckouts.values()]).toEqual([
      {
        userId: "user-ada",
        courseId: "TEST-COURSE-003",
        checkoutSessionId: "cs_test_1",
        expiresAt,
        attempt: 1,
      },
    ]);
  });

  test.each(["openPurchase", "replaceOpenCheckout"] as const)(
    "no secret is given when %s fails, and the next request has the same session",
    async (write) => {
      const works = under.stores[write];
      Object.assign(under.stores, { [write]: () => Promise.reject(new Error("the table is away")) });
      await expect(under.enroll()).rejects.toThrow("the table is away");
      Object.assign(under.stores, { [write]: works });
      await expect(under.enroll()).resolves.toMatchObject({ checkoutSessionId: "cs_test_1" });
      expect(under.payments.payable()).toEqual(["cs_test_1"]);
      expect(under.stores.purchases.size).toBe(1);
    },
  );

  test("a course that was renamed after its record was lost is no obstacle", async () => {
    const { openPurchase: works } = under.stores;
    under.stores.openPurchase = () => Promise.reject(new Error("the table is away"));
    await expect(under.enroll()).rejects.toThrow("the table is away");
    under.stores.openPurchase = works;
    await expect(under.enroll({ ...paidCourse, name: "Renamed" })).resolves.toMatchObject({
      outcome: "payment-needed",
    });
  });
});

describe("a session that does not ask for the course's price", () => {
  test.each([
    ["another amount", { unitAmount: 5900, currency: "usd" }, "5900 usd"],
    ["another currency", { unitAmount: 4900, currency: "eur" }, "4900 eur"],
  ])("but for %s is expired before anyone can pay it", async (_what, price, param) => {
    under.payments.price = price;
    await expect(under.enroll(priced)).resolves.toEqual({
      outcome: "not-for-sale",
      refusal: { code: "price_differs", param },
    });
    expect(under.payments.payable()).toEqual([]);
    expect(under.payments.sessions.size).toBe(1);
    expect(under.stores.purchases.size + under.stores.openCheckouts.size).toBe(0);
  });

  test("is never the answer to a later request, however often", async () => {
    under.payments.price = { unitAmount: 5900, currency: "usd" };
    for (let times = 0; times < 5; times += 1) {
      await expect(under.enroll(priced)).resolves.toMatchObject({ outcome: "not-for-sale" });
    }
    expect(under.payments.payable()).toEqual([]);
  });

  test("is followed by a fresh one once the catalogue says the same", async () => {
    under.payments.price = { unitAmount: 5900, currency: "usd" };
    await under.enroll(priced);
    await expect(under.enroll({ ...priced, unitAmount: 5900 })).resolves.toMatchObject({
      outcome: "payment-needed",
      checkoutSessionId: "cs_test_2",
    });
    expect(under.payments.payable()).toEqual(["cs_test_2"]);
    expect([...under.stores.purchases.values()]).toMatchObject([{ unitAmount: 5900, currency: "usd" }]);
  });

  test("is followed by a fresh one once the course has another of Stripe's prices", async () => {
    under.payments.price = { unitAmount: 5900, currency: "usd" };
    await under.enroll(priced);
    under.payments.price = undefined;
    await expect(under.enroll({ ...priced, stripePriceId: "price_2" })).resolves.toMatchObject({
      checkoutSessionId: "cs_test_2",
    });
  });
});

describe("a form that is open at yesterday's price", () => {
  test("is expired, and the new purchase is quoted at today's", async () => {
    await under.enroll();
    await under.enroll({ ...paidCourse, unitAmount: 5900 });
    expect(under.payments.payable()).toEqual(["cs_test_2"]);
    expect([...under.stores.purchases.values()]).toMatchObject([
      { checkoutSessionId: "cs_test_1", unitAmount: 4900 },
      { checkoutSessionId: "cs_test_2", unitAmount: 5900 },
    ]);
  });

  test("does not come back with the price, since it cannot be paid any more", async () => {
    await under.enroll();
    await under.enroll({ ...paidCourse, unitAmount: 5900 });
    await expect(under.enroll()).resolves.toMatchObject({ checkoutSessionId: "cs_test_3" });
    expect(under.payments.payable()).toEqual(["cs_test_3"]);
  });
});
