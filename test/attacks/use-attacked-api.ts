/** The API on stores in memory, with an open checkout session of Ada's at Stripe. */
import type { Context } from "aws-lambda";
import { beforeEach, expect, vi } from "vitest";
import type { ZodMiniType } from "zod/mini";
import { createApi } from "#handlers/api.ts";
import { claimsOf, gatewayEvent } from "#test/support/gateway-events.ts";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import { createProvider } from "#test/support/payment-provider.ts";
import { NOON, openSession } from "#test/support/purchases.ts";
import { errorAnswerSchema } from "#workflow/contract.ts";
import type { ExecutionFollowUp } from "#workflow/ports/executions.ts";
import type { PaymentProvider } from "#workflow/ports/payments.ts";
import type { LimitStore } from "#workflow/ports/stores.ts";
import type { ApiRequest } from "./api-fuzz.ts";

export const adasSession = openSession({
  checkoutSessionId: "cs_test_ada",
  clientSecret: "cs_test_ada_secret",
});

/** @returns an API that is new for every test of the file, and what it asks Stripe and Step Functions */
export function useAttackedApi() {
  const attacked = {
    stores: {} as InMemoryStores,
    /** Made-up requests are to reach what is behind the limits, unless a test is about them. */
    limits: { countRequest: async () => true } as LimitStore,
    findCheckout: vi.fn<PaymentProvider["findCheckout"]>(),
    findReceipt: vi.fn<PaymentProvider["findReceipt"]>(),
    ensureExecution: vi.fn<ExecutionFollowUp["ensureExecution"]>(),
    send,
    asAda: (request: Omit<ApiRequest, "userId">) => send({ ...request, userId: student.userId }),
    asEve: (request: Omit<ApiRequest, "userId">) => send({ ...request, userId: "user-eve" }),
    enrollAda: (body: string | Uint8Array, headers = {}) =>
      attacked.asAda({ method: "POST", path: "/api/enrollments", body, headers }),
  };
  let api: ReturnType<typeof createApi>;

  beforeEach(() => {
    const stores = createInMemoryStores({ courses: [paidCourse], students: [student] });
    const { findCheckout, findReceipt, ensureExecution } = attacked;
    findCheckout
      .mockReset()
      .mockImplementation(async (id) => (id === adasSession.checkoutSessionId ? adasSession : undefined));
    findReceipt.mockReset().mockResolvedValue("https://pay.stripe.com/receipts/ada");
    ensureExecution.mockReset().mockResolvedValue("running");
    attacked.stores = stores;
    api = createApi({
      courses: stores,
      students: stores,
      enrollments: stores,
      openCheckouts: stores,
      purchases: stores,
      limits: attacked.limits,
      executions: { ensureExecution, findExecutionStatus: async () => "running" },
      payments: { ...createProvider(), openCheckout: async () => adasSession, findCheckout, findReceipt },
      now: () => new Date(NOON),
      readShell: async () => "<html><head><title>Bursar</title></head></html>",
      clientUrl: "https://courses.example.com",
    });
  });

  async function send({ userId, ...request }: ApiRequest) {
    const event = gatewayEvent({ ...request, claims: userId === undefined ? undefined : claimsOf(userId) });
    const answer = await api(event, {} as Context);
    return { status: answer.statusCode ?? 0, text: answer.body ?? "" };
  }

  return attacked;
}

/** A schema passes over fields that it does not know; an answer must not have any, lest it tell more than it should. */
export function readAs<T>(schema: ZodMiniType<T>, text: string): T {
  const answer: unknown = JSON.parse(text);
  const known = schema.parse(answer);
  expect(answer).toEqual(known);
  return known;
}

export const codeOf = (text: string) => readAs(errorAnswerSchema, text).error.code;
