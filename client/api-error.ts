/** What can go wrong between the client and the API, by codes that there are words for. */
import type { ErrorAnswer, RefusalCode } from "#workflow/contract.ts";
import type { Words } from "./words/english.ts";

interface Failure {
  /** The HTTP status; 0 when there was no answer at all. */
  status: number;
  code: string;
  /** The API's own sentence, in English. */
  message?: string;
  requestId?: string | undefined;
  checkoutSessionId?: string | undefined;
  retryAfterSeconds?: number | undefined;
}

export class ApiError extends Error {
  override name = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  /** With code `payment_in_progress`: the checkout session whose progress the student can follow. */
  readonly checkoutSessionId: string | undefined;
  /** Of a student who asks very often: how long to leave it alone. */
  readonly retryAfterSeconds: number | undefined;

  constructor(failure: Failure) {
    super(failure.message ?? failure.code);
    this.status = failure.status;
    this.code = failure.code;
    this.requestId = failure.requestId;
    this.checkoutSessionId = failure.checkoutSessionId;
    this.retryAfterSeconds = failure.retryAfterSeconds;
  }
}

/** What the client finds by itself. */
type OwnCode = Exclude<keyof Words["problems"]["byCode"], RefusalCode>;

const fail = (status: number, code: OwnCode | RefusalCode) => new ApiError({ status, code });

export const unreachable = () => fail(0, "unreachable");
export const signInRequired = () => fail(401, "sign_in_required");
export const sessionEnded = () => fail(401, "session_ended");
export const notFound = () => fail(404, "not_found");
export const notConfigured = (status: number) => fail(status, "no_configuration");
export const noPaymentForm = () => fail(0, "no_payment_form");

/**
 * @param text the body of an answer that is not 2xx; anything but the API's own error shape gets a general code
 * @param retryAfter the header's value
 */
export function readFailure(status: number, text: string, retryAfter: string | null = null): ApiError {
  try {
    const { error } = JSON.parse(text) as Partial<ErrorAnswer>;
    const retryAfterSeconds = Number(retryAfter) || undefined;
    if (error?.code && error.message) return new ApiError({ status, ...error, retryAfterSeconds });
  } catch {
    // A gateway in between answered, not the API.
  }
  if (status === 429) return fail(429, "too_many_requests");
  return fail(status, status >= 500 ? "unavailable" : "unexpected_answer");
}

/** True when trying again cannot help: the student must sign in, or the thing is not there. */
export const isFinal = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 401 || error.status === 404);

export const toApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : fail(500, "client_error");
