/** Turns a function of the API into an express handler: what it returns is the answer, what it throws the refusal. */
import type { Request, RequestHandler, Response } from "express";
import type { ParameterTypes } from "../parameter-types.ts";
import { readParameters } from "../parameters.ts";
import type { State } from "../state.ts";
import { answerOnce, type Commit } from "./answer-once.ts";
import { failWhenAsked, stayMuteWhenAsked } from "./misbehave.ts";

/** What a request brings: the id in its path, and its query or form as the SDK's types have it. */
interface ApiRequest<Parameters> {
  id: string;
  parameters: Parameters;
}

export function reads<Name extends keyof ParameterTypes>(
  name: Name,
  read: (request: ApiRequest<ParameterTypes[Name]>) => Promise<unknown>,
): RequestHandler {
  return async (request, response) => {
    response.json(await read({ id: idIn(request), parameters: readParameters(name, request.query) }));
  };
}

/** @param write makes its one change through `commit`, so that the answer is kept under the Idempotency-Key with it */
export function writes<Name extends keyof ParameterTypes>(
  state: State,
  name: Name,
  write: (request: ApiRequest<ParameterTypes[Name]>, commit: Commit) => Promise<unknown>,
): RequestHandler {
  return async (request, response) => {
    const parameters = readParameters(name, request.body);
    const work = async (commit: Commit) => {
      failWhenAsked("during", request, state.knobs);
      const body = await write({ id: idIn(request), parameters }, commit);
      failWhenAsked("after", request, state.knobs);
      return body;
    };
    const { status, body } = await execute(request, response, state, work);
    await stayMuteWhenAsked("after", request, state.knobs);
    response.status(status).json(body);
  };
}

async function execute(
  request: Request,
  response: Response,
  state: State,
  work: (commit: Commit) => Promise<unknown>,
): Promise<{ status: number; body: unknown }> {
  const requestId = String(response.getHeader("Request-Id"));
  const key = request.method === "POST" ? request.header("idempotency-key") : undefined;
  const cause = { id: requestId, idempotency_key: key ?? null };
  const workFor = (commit: Commit) => work((body, change) => commit(body, { ...change, cause }));
  if (!key) return { status: 200, body: await workFor(commitTo(state)) };

  response.setHeader("Idempotency-Key", key);
  const once = { key, url: request.originalUrl, parameters: request.body as unknown, requestId };
  const answer = await answerOnce(once, state, workFor);
  response.setHeader("Original-Request", answer.requestId);
  if (answer.replayed) response.setHeader("Idempotent-Replayed", "true");
  // What is kept would only come back: https://github.com/stripe/stripe-node says so where it decides on a retry.
  if (answer.status >= 400) response.setHeader("Stripe-Should-Retry", "false");
  return answer;
}

function commitTo(state: State): Commit {
  return async (body, change) => {
    await state.save(change);
    return body;
  };
}

const idIn = (request: Request) => String(request.params["id"] ?? "");
