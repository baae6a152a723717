/** A request that takes too long is answered all the same: whoever waits hears that something went wrong, while they still wait. */
import type { RequestHandler } from "express";
import { inTime } from "../adapters/in-time.ts";
import { LONGEST_ANSWER_MS } from "../adapters/patience.ts";

export const answerInTime: RequestHandler = (request, response, next) => {
  const answered = new Promise<void>((resolve) => response.once("finish", resolve));
  inTime(answered, LONGEST_ANSWER_MS, `${request.method} ${request.path}`).catch(next);
  next();
};
