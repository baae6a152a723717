/** Answers a refused or failed request in Stripe's shape. */
import type { ErrorRequestHandler } from "express";
import { StripeApiError, type StripeErrorBody } from "../errors.ts";

export const sendError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  const { status, body } = error instanceof StripeApiError ? error : explain(error);
  response.status(status).json({ error: body });
};

function explain(error: unknown): { status: number; body: StripeErrorBody } {
  // What express itself refuses: a body too large, a broken encoding.
  const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
  if (status < 500) {
    return { status, body: { type: "invalid_request_error", message: (error as Error).message } };
  }
  console.error("Stripe's stand-in failed to answer:", error);
  return { status: 500, body: { type: "api_error", message: "Stripe's stand-in failed; see its log." } };
}
