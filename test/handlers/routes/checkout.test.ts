import { beforeEach, describe, expect, test, vi } from "vitest";
import { adasClaims, useApi } from "#test/handlers/use-api.ts";
import { openSession, paidSession, settledPurchase } from "#test/support/purchases.ts";

const api = useApi();
beforeEach(() => {
  api.payments.sessions.set("cs_test_1", openSession());
});

describe("the progress of a purchase", () => {
  test("is shown to the student whose it is, without payer data", async () => {
    await expect(api.asAda("GET", "/api/checkout/session/cs_test_1")).resolves.toEqual({
      status: 200,
      body: {
        status: "open",
        paymentStatus: "unpaid",
        courseId: "TEST-COURSE-003",
        enrolled: false,
        stage: "open",
        orderNumber: "CSTE-ST1",
      },
    });
  });

  test("is as unknown to anyone else as a session that does not exist", async () => {
    const claims = { ...adasClaims, sub: "user-grace" };
    const strangers = await api.request("GET", "/api/checkout/session/cs_test_1", { claims });
    const unknown = await api.request("GET", "/api/checkout/session/cs_test_2", { claims });
    expect(strangers).toEqual(unknown);
    expect(strangers.status).toBe(404);
  });

  test("costs one look a second at the payment provider while it is open, however many ask", async () => {
    const findCheckout = vi.spyOn(api.payments, "findCheckout");
    for (let polls = 0; polls < 100; polls += 1) {
      await api.asAda("GET", "/api/checkout/session/cs_test_1");
      api.time += 50;
    }
    expect(findCheckout.mock.calls.length).toBeLessThanOrEqual(5);
    findCheckout.mockImplementation(async () => paidSession());
    for (let polls = 0; polls < 100; polls += 1) {
      await api.asAda("GET", "/api/checkout/session/cs_test_1");
      api.time += 50;
    }
    expect(findCheckout.mock.calls.length).toBeLessThanOrEqual(6);
  });

  test("is answered even when the execution cannot be followed up", async () => {
    api.payments.findCheckout = async () => paidSession();
    api.executions.ensureExecution = () => Promise.reject(new Error("Step Functions is away"));
    await api.asAda("GET", "/api/checkout/session/cs_test_1");
    api.time += 10_000;
    await expect(api.asAda("GET", "/api/checkout/session/cs_test_1")).resolves.toMatchObject({
      status: 200,
      body: { stage: "paid", paymentStatus: "paid" },
    });
  });

  test("is answered even when an execution that fails cannot be looked at", async () => {
    await api.stores.openPurchase(settledPurchase({ failing: "evt_1" }));
    api.executions.findExecutionStatus = () => Promise.reject(new Error("Step Functions is away"));
    api.time += 10_000;
    await expect(api.asAda("GET", "/api/checkout/session/cs_test_1")).resolves.toMatchObject({
      status: 200,
      body: { stage: "paid" },
    });
  });

  test("never asks the payment provider about an id that is none", async () => {
    const findCheckout = vi.spyOn(api.payments, "findCheckout");
    await expect(api.asAda("GET", "/api/checkout/session/..%2Faccount")).resolves.toMatchObject({
      status: 404,
    });
    expect(findCheckout).not.toHaveBeenCalled();
  });
});
