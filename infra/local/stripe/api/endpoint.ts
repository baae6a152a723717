/** Turns a function of the API into an express handler: what it returns is the answer, what it throws the refusal. */
import type { Request, RequestHandler } from "express";
import type { State } from "../state.ts";
import { answerOnce, type Commit } from "./answer-once.ts";

/** What a request brings: the id in its path, and its parsed query or form. */
export interface ApiRequest {
  id: string;
  parameters: unknown;
}

export function reads(read: (request: ApiRequest) => Promise<unknown>): RequestHandler {
  return async (request, response) => {
    response.json(await read({ id: idIn(request), parameters: request.query }));
  };
}

/** @param write makes its one change through `commit`, so that the answer is kept under the Idempotency-Key with it */
export function writes(
  state: State,
  write: (request: ApiRequest, commit: Commit) => Promise<unknown>,
): RequestHandler {
  return async (request, response) => {
    const parameters: unknown = request.body;
    const work = (commit: Commit) => write({ id: idIn(request), parameters }, commit);
    const key = request.header("idempotency-key");
    if (!key) {
      response.json(await work(commitWith(state)));
      return;
    }
    response.setHeader("Idempotency-Key", key);
    const { body, replayed } = await answerOnce({ key, url: request.originalUrl, parameters }, state, work);
    if (replayed) response.setHeader("Idempotent-Replayed", "true");
    response.json(body);
  };
}

function commitWith(state: State): Commit {
  return async (body, change) => {
    await state.save(change);
    return body;
  };
}

const idIn = (request: Request) => String(request.params["id"] ?? "");
