/** Stripe's errors, told by their type, code and parameter: its messages may repeat an address, a name or part of a key. */
import { explainNetwork } from "./explain-network.ts";

interface StripeError extends Error {
  type: string;
  code?: string;
  param?: string;
  statusCode?: number;
  requestId?: string;
}

const SENTENCES: Record<string, (error: StripeError) => string> = {
  StripeAuthenticationError: () =>
    "Stripe does not know the secret key. Copy it again from Stripe's dashboard, and run `npm run stripe:setup` with it in STRIPE_SECRET_KEY.",
  StripePermissionError: () =>
    "Stripe's key may not do this. Give the restricted key that permission in Stripe's dashboard, or use the account's secret key.",
  StripeRateLimitError: () => "Stripe is asked too much at the moment. Wait a minute, and run this again.",
  StripeConnectionError: (error) =>
    explainNetwork(error) ?? "Stripe cannot be reached. Look at the connection and at STRIPE_API_BASE.",
  StripeAPIError: (error) =>
    error.statusCode
      ? `Stripe answers with an error of its own (${factsOf(error)}). Run this again in a minute; status.stripe.com says more.`
      : "What answers is not Stripe. Look at STRIPE_API_BASE.",
};

/** @returns undefined when it is not Stripe's */
export function explainStripe(error: Error): string | undefined {
  if (!isStripeError(error)) return undefined;
  const explain = SENTENCES[error.type];
  if (explain) return explain(error);
  return `Stripe refuses this (${factsOf(error)}). Its dashboard shows the request and the reason under Developers, Logs.`;
}

function isStripeError(error: Error): error is StripeError {
  return "type" in error && typeof error.type === "string" && error.type.startsWith("Stripe");
}

function factsOf({ code, param, statusCode, requestId }: StripeError): string {
  const facts = [
    code ?? (statusCode && `status ${statusCode}`),
    param && `parameter ${param}`,
    requestId && `request ${requestId}`,
  ].filter(Boolean);
  return facts.join(", ") || "without a code";
}
