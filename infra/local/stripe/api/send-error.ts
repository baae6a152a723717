/** Answers a refused or failed request. */
import type { ErrorRequestHandler } from "express";
import { errorAnswer } from "./error-answer.ts";

export const sendError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  const { status, body } = errorAnswer(error, String(response.getHeader("Request-Id")));
  response.status(status).json(body);
};
