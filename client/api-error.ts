/** What can go wrong between the client and the API, with a message that can be shown to the student. */
import type { ErrorAnswer } from "#workflow/contract.ts";

interface Failure {
  /** The HTTP status; 0 when there was no answer at all. */
  status: number;
  code: string;
  message: string;
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
    super(failure.message);
    this.status = failure.status;
    this.code = failure.code;
    this.requestId = failure.requestId;
    this.checkoutSessionId = failure.checkoutSessionId;
    this.retryAfterSeconds = failure.retryAfterSeconds;
  }
}

export const unreachable = () =>
  new ApiError({
    status: 0,
    code: "unreachable",
    message: "Bursar cannot be reached right now. Check your connection and try again.",
  });

export const signInRequired = () =>
  new ApiError({ status: 401, code: "sign_in_required", message: "Sign in to see this page." });

export const sessionEnded = () =>
  new ApiError({
    status: 401,
    code: "session_ended",
    message: "Your sign-in has ended. Sign in again and you will come back to this page.",
  });

export const notFound = (message: string) => new ApiError({ status: 404, code: "not_found", message });

const tooBusy = () =>
  new ApiError({
    status: 429,
    code: "too_many_requests",
    message: "Bursar is very busy right now. Wait a few seconds, then try again.",
  });

/**
 * @param text the body of an answer that is not 2xx; anything but the API's own error shape gets a general message
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
  if (status === 429) return tooBusy();
  const message =
    status >= 500
      ? "Something went wrong on our side. Please try again in a moment."
      : "Bursar did not understand that request. Reload the page and try again.";
  return new ApiError({ status, code: "unexpected_answer", message });
}

/** True when trying again cannot help: the student must sign in, or the thing is not there. */
export const isFinal = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 401 || error.status === 404);

export const toApiError = (error: unknown): ApiError =>
  error instanceof ApiError
    ? error
    : new ApiError({
        status: 500,
        code: "client_error",
        message: "Something went wrong on this page. Please try again.",
      });
