/** Every answer that is not 2xx has the contract's one shape and tells what to do, never how the code looks inside. */
import type { ErrorRequestHandler, Request, RequestHandler, Response } from "express";
import type { ErrorAnswer, RefusalCode } from "#workflow/contract.ts";
import { TooManyRequests } from "#workflow/limits.ts";
import { StudentErased } from "#workflow/ports/stores.ts";
import { describeError, scrub } from "../error-facts.ts";
import { countMetric, createLogger } from "../telemetry.ts";
import { requestContextOf } from "./request-context.ts";

const logger = createLogger("api");

/** An answer that a route gives instead of its result. */
export class HttpError extends Error {
  override name = "HttpError";
  readonly statusCode: number;
  readonly code: RefusalCode;
  readonly details: { checkoutSessionId?: string };

  constructor(
    statusCode: number,
    code: RefusalCode,
    message: string,
    details: { checkoutSessionId?: string } = {},
  ) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
    this.details = details;
  }
}

export const answerNotFound: RequestHandler = (_request, _response, next) => {
  next(new HttpError(404, "not_found", "There is nothing at this address."));
};

/** Express knows an error handler by its four parameters. */
export const answerError: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  // Of a request that took too long: it has its answer, and what comes of it now is too late.
  if (response.headersSent) return logger.warn("too late", describeError(error));
  if (error instanceof TooManyRequests)
    return sendError(limited(error, request, response), request, response);
  const known = error instanceof HttpError ? error : fromExpress(error);
  if (known) return sendError(known, request, response);
  const { method, path } = request;
  logger.error("request failed", { ...describeError(error), method, path: scrub(path) });
  return sendError(
    new HttpError(500, "internal_error", "Something went wrong on our side. Please try again."),
    request,
    response,
  );
};

/** Somebody who loops, by mistake or on purpose: the log says who, so that an operator can do something about it. */
function limited({ limit, retryAfterSeconds }: TooManyRequests, request: Request, response: Response) {
  const { claims } = requestContextOf(request);
  logger.warn("limited", { limit, userId: claims?.["sub"] });
  countMetric("RequestsLimited");
  response.set("retry-after", String(retryAfterSeconds));
  const message = `You have asked very often in a short time. Wait ${retryAfterSeconds} seconds, then try again.`;
  return new HttpError(429, "too_many_requests", message);
}

/** What body parsing and path decoding refuse: errors with a status of their own below 500. */
function fromExpress(error: unknown): HttpError | undefined {
  if (error instanceof StudentErased)
    return new HttpError(410, "student_erased", "This account was erased. Sign up again to start anew.");
  const status = (error as { status?: unknown } | undefined)?.status;
  if (typeof status !== "number" || status < 400 || status >= 500) return undefined;
  if (status === 413) return new HttpError(413, "body_too_large", "The request is too large.");
  return new HttpError(status, "invalid_request", "The request could not be read; send JSON in UTF-8.");
}

function sendError(error: HttpError, request: Request, response: Response): void {
  const { requestId } = requestContextOf(request);
  const body: ErrorAnswer = {
    error: { code: error.code, message: error.message, requestId, ...error.details },
  };
  response.status(error.statusCode).json(body);
}
