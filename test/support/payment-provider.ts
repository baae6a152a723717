/** A payment provider in memory: keeps its sessions where a test can change them, and answers one request one way. */
import type { CheckoutRequest, CheckoutSession, PaymentProvider } from "#workflow/ports/payments.ts";
import { CheckoutRefused } from "#workflow/ports/payments.ts";
import type { Quote } from "#workflow/purchase.ts";
import { openSession } from "./purchases.ts";

export interface ProviderInMemory extends PaymentProvider {
  sessions: Map<string, CheckoutSession>;
  requests: CheckoutRequest[];
  /** What the provider asks for a course, when that is not what the catalogue says. */
  price: Quote | undefined;
  /** Requests of which the answer is a failure that is kept: the same request never brings anything else. */
  spoiled: number;
  /** Given by a test: why a request is refused. */
  refuse: (request: CheckoutRequest) => CheckoutRefused | undefined;
  change(checkoutSessionId: string, changes: Partial<CheckoutSession>): void;
  /** The ids of the sessions that can be paid. */
  payable(): string[];
}

export function createProvider(): ProviderInMemory {
  const sessions = new Map<string, CheckoutSession>();
  const answers = new Map<string, CheckoutSession | CheckoutRefused>();

  function answer(request: CheckoutRequest): CheckoutSession | CheckoutRefused {
    if (provider.spoiled > 0) {
      provider.spoiled -= 1;
      return new CheckoutRefused("answer", "status 500");
    }
    const checkoutSessionId = `cs_test_${sessions.size + 1}`;
    const { unitAmount, currency } = provider.price ?? request.course;
    const session = openSession({
      checkoutSessionId,
      clientSecret: `${checkoutSessionId}_secret`,
      userId: request.student.userId,
      courseId: request.course.courseId,
      amountSubtotal: unitAmount,
      amountTotal: unitAmount,
      currency,
    });
    sessions.set(checkoutSessionId, session);
    return session;
  }

  const provider: ProviderInMemory = {
    sessions,
    requests: [],
    price: undefined,
    spoiled: 0,
    refuse: () => undefined,
    change(checkoutSessionId, changes) {
      const session = sessions.get(checkoutSessionId);
      if (!session) throw new Error(`no session ${checkoutSessionId}`);
      sessions.set(checkoutSessionId, { ...session, ...changes });
    },
    payable: () =>
      [...sessions.values()].flatMap((one) => (one.status === "open" ? one.checkoutSessionId : [])),

    async openCheckout(request) {
      provider.requests.push(request);
      const refusal = provider.refuse(request);
      if (refusal) throw refusal;
      const { student, course, attempt } = request;
      const key = JSON.stringify([student.userId, student.email, student.stripeCustomerId, course, attempt]);
      const known = answers.get(key) ?? answer(request);
      answers.set(key, known);
      if (known instanceof CheckoutRefused) throw known;
      // As it was when it was first answered, whatever has become of it.
      return known;
    },
    findCheckout: async (checkoutSessionId) => sessions.get(checkoutSessionId),
    findCheckoutByPayment: async (paymentIntentId) =>
      [...sessions.values()].find(({ settlement }) => settlement?.paymentIntentId === paymentIntentId),
    async expireCheckout(checkoutSessionId) {
      if (sessions.get(checkoutSessionId)?.status !== "open") return;
      provider.change(checkoutSessionId, { status: "expired", clientSecret: undefined });
    },
    updateCustomer: async () => true,
    findAmountRefunded: async () => 0,
    findReceipt: async () => undefined,
  };
  return provider;
}
