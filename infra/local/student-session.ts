/** A signed-in student without a browser: calls the API as the client does and pays as the embedded form does. */
import type {
  CheckoutStatusAnswer,
  EnrollAnswer,
  EnrollmentCheckAnswer,
  ErrorAnswer,
  PurchasesAnswer,
  ReceiptAnswer,
  StudentAnswer,
} from "#workflow/contract.ts";
import { OIDC_CLIENT_ID } from "./names.ts";
import { requestAccessToken } from "./sign-in/request-access-token.ts";
import type { OrderDetails } from "./stripe/checkout/order-details-schema.ts";

interface StackAddresses {
  clientUrl: string;
  stripeUrl: string;
  issuerUrl: string;
}

/** What the form said after the pay button: `declined` comes with Stripe's words for it. */
type PaymentOutcome = { status: "complete" | "requires_action" } | { status: "declined"; message: string };

export type StudentSession = Awaited<ReturnType<typeof signIn>>;

/** Signs in with code and PKCE, as a browser would. */
export async function signIn(email: string, addresses: StackAddresses) {
  const { accessToken } = await requestAccessToken({
    issuerUrl: addresses.issuerUrl,
    clientId: OIDC_CLIENT_ID,
    redirectUri: `${addresses.clientUrl}/sign-in/callback`,
    email,
  });

  /** @throws Error with the API's own message when the answer is not 2xx */
  async function callApi<Answer>(method: "GET" | "POST", path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${addresses.clientUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Answer & Partial<ErrorAnswer>;
    if (response.ok) return answer;
    throw new Error(
      `${method} ${path} answered ${response.status}: ${answer.error?.message ?? "without a message"}`,
    );
  }

  return {
    accessToken,
    callApi,
    readStudent: async () => (await callApi<StudentAnswer>("GET", "/api/students/me")).student,
    enroll: (courseId: string, locale?: string) =>
      callApi<EnrollAnswer>("POST", "/api/enrollments", { courseId, locale }),
    listPurchases: async () => (await callApi<PurchasesAnswer>("GET", "/api/purchases")).purchases,
    findReceipt: (checkoutSessionId: string) =>
      callApi<ReceiptAnswer>("GET", `/api/purchases/${checkoutSessionId}/receipt`),
    checkEnrollment: (courseId: string) =>
      callApi<EnrollmentCheckAnswer>("GET", `/api/enrollments/check/${courseId}`),
    readCheckout: (sessionId: string) =>
      callApi<CheckoutStatusAnswer>("GET", `/api/checkout/session/${sessionId}`),

    /**
     * @param number a test card number
     * @param details what else the form asks for: a code, an address, agreement to the terms
     */
    async payByCard(
      checkoutSessionId: string,
      clientSecret: string,
      number: string,
      details: OrderDetails = {},
    ): Promise<PaymentOutcome> {
      const response = await fetch(`${addresses.stripeUrl}/checkout/sessions/${checkoutSessionId}/confirm`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          ...details,
          clientSecret,
          email,
          paymentMethod: { type: "card", number, expiry: "12/34", cvc: "123" },
        }),
      });
      const answer = (await response.json()) as {
        status?: "complete" | "requires_action";
        error?: { message: string };
      };
      if (response.ok && answer.status) return { status: answer.status };
      return { status: "declined", message: answer.error?.message ?? `the form answered ${response.status}` };
    },
  };
}
