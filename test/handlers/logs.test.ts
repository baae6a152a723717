import { Logger } from "@aws-lambda-powertools/logger";
import { Stripe } from "stripe";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { claimsOf } from "#test/support/gateway-events.ts";
import { paidCourse, paymentEvent, student } from "#test/support/payment-events.ts";
import type { PaymentProvider } from "#workflow/ports/payments.ts";
import { useApi } from "./use-api.ts";

const api = useApi();

/** What every level of every logger was given, as text. */
let entries: string[];
beforeEach(() => {
  entries = [];
  for (const level of ["debug", "info", "warn", "error"] as const)
    vi.spyOn(Logger.prototype, level).mockImplementation((...given: unknown[]) => {
      entries.push(JSON.stringify(given));
    });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const refusal = () =>
  new Stripe.errors.StripeInvalidRequestError({
    message: `No such customer: ${student.email} (${student.name}), key sk_test_secret, cs_test_1_secret_abc`,
    code: "resource_missing",
    param: "id",
    requestId: "req_stripe",
  });

const METHODS: (keyof PaymentProvider)[] = ["openCheckout", "findCheckout", "updateCustomer", "findReceipt"];

const post = () => api.asAda("POST", "/api/enrollments", JSON.stringify({ courseId: paidCourse.courseId }));
const get = (path: string) => api.asAda("GET", path);

/** Every request that reaches Stripe, in the order of a purchase. */
async function doEverything() {
  await post();
  await api.request("GET", "/api/students/me", {
    claims: claimsOf("user-ada", { email: "king@example.com", name: "Ada King" }),
  });
  await post();
  await get("/api/purchases");
  await get("/api/checkout/session/cs_test_1");
  await get("/api/checkout/session/cs_test_unknown");
  const ids = { userId: "user-ada", courseId: paidCourse.courseId, checkoutSessionId: "cs_test_1" };
  await api.stores.noteSettlement(ids, paymentEvent(), "2026-11-25T12:00:00.000Z");
  await get("/api/purchases/cs_test_1/receipt");
}

test.each(METHODS)(
  "whatever fails of %s, each entry has the request's id and nothing personal",
  async (method) => {
    await post();
    await api.stores.linkCustomer("user-ada", "cus_1", "2026-11-25T12:00:00.000Z");
    api.payments.change("cs_test_1", { status: "expired" });
    entries = [];
    Object.assign(api.payments, { [method]: () => Promise.reject(refusal()) });
    await doEverything();
    expect(entries).not.toEqual([]);
    const text = entries.join("\n");
    for (const never of [
      student.email,
      student.name,
      "king@example.com",
      "Ada King",
      "sk_test_secret",
      "_secret_",
    ])
      expect(text).not.toContain(never);
    for (const entry of entries) expect(entry).toContain('"requestId":"request-1"');
  },
);

test("a failure that the student sees is found by the id in their answer, with Stripe's own facts beside it", async () => {
  api.payments.openCheckout = () => Promise.reject(refusal());
  const { status, body } = await post();
  expect(status).toBe(500);
  const { requestId } = body["error"] as { requestId: string };
  const [entry] = entries.filter((one) => one.includes(requestId));
  expect(entry).toContain('"code":"resource_missing","param":"id","stripeRequestId":"req_stripe"');
});
