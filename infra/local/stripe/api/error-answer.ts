/** A refused or failed request as it is answered: in Stripe's shape, with the addresses that Stripe names in its errors. */
import { StripeApiError, type StripeErrorBody } from "../errors.ts";

export interface Answer {
  status: number;
  body: unknown;
}

/** @param requestId of the request that went wrong, `req_...` */
export function errorAnswer(error: unknown, requestId: string): Answer {
  const { status, body } = error instanceof StripeApiError ? error : explain(error);
  const docs = body.code && `https://stripe.com/docs/error-codes/${body.code.replaceAll("_", "-")}`;
  const log = `https://dashboard.stripe.com/test/logs/${requestId}?t=${Math.floor(Date.now() / 1000)}`;
  return { status, body: { error: { ...body, ...(docs && { doc_url: docs }), request_log_url: log } } };
}

function explain(error: unknown): { status: number; body: StripeErrorBody } {
  // What express itself refuses: a body too large, a broken encoding.
  const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
  if (status < 500) {
    return { status, body: { type: "invalid_request_error", message: (error as Error).message } };
  }
  console.error("Stripe's stand-in failed to answer:", error);
  return { status: 500, body: { type: "api_error", message: "Stripe's stand-in failed; see its log." } };
}
