/** Answers requests that carry the same Idempotency-Key with one and the same answer, for 24 hours. */
import { createHash } from "node:crypto";
import type { Write } from "../../storage/database.ts";
import { CLOCK, type ClockTask } from "../checkout/clock-task.ts";
import { invalidRequest, StripeApiError } from "../errors.ts";
import type { State } from "../state.ts";
import { schedule } from "../store/agenda.ts";
import type { Change } from "../store/records.ts";
import { type Answer, errorAnswer } from "./error-answer.ts";

interface SavedAnswer extends Answer {
  fingerprint: string;
  url: string;
  /** Of the request that was executed. */
  requestId: string;
}

interface OnceRequest {
  key: string;
  url: string;
  parameters: unknown;
  requestId: string;
}

/** Commits a change and makes the body the answer. */
export type Commit = <Body>(body: Body, change: Change) => Promise<Body>;

const KEPT_MS = 24 * 60 * 60 * 1000;
const LONGEST_KEY = 255;

/**
 * Whatever comes of `work` is kept under the key, refusals and failures too, since by then the execution has begun:
 * https://docs.stripe.com/error-low-level. What is wrong with the parameters themselves has been refused before.
 * @throws StripeApiError 409 `idempotency_key_in_use` beside a request that is still executed, 400 `idempotency_error`
 * when the key stands for another request
 */
export async function answerOnce(
  request: OnceRequest,
  state: State,
  work: (commit: Commit) => Promise<unknown>,
): Promise<Answer & { requestId: string; replayed: boolean }> {
  const { key } = request;
  if (key.length > LONGEST_KEY) {
    throw invalidRequest(`Idempotency keys can be at most ${LONGEST_KEY} characters long.`);
  }
  if (state.keysInUse.has(key)) throw keyInUse(key);
  state.keysInUse.add(key);
  try {
    const saved = await state.database.get<string, SavedAnswer>(storageKeyOf(key), {});
    if (!saved) return { ...(await execute(request, state, work)), replayed: false };
    requireSameRequest(saved, request);
    return { ...saved, replayed: true };
  } finally {
    state.keysInUse.delete(key);
  }
}

async function execute(
  request: OnceRequest,
  state: State,
  work: (commit: Commit) => Promise<unknown>,
): Promise<SavedAnswer> {
  const { requestId, url } = request;
  const answerWith = (answer: Answer): SavedAnswer => {
    return { ...answer, requestId, url, fingerprint: fingerprintOf(request) };
  };
  try {
    const body = await work(async (answer, change) => {
      const kept = keep(request.key, answerWith({ status: 200, body: answer }));
      await state.save({ ...change, writes: [...(change.writes ?? []), ...kept] });
      return answer;
    });
    return answerWith({ status: 200, body });
  } catch (error) {
    const failure = answerWith(errorAnswer(error, requestId));
    await state.save({ writes: keep(request.key, failure) });
    return failure;
  }
}

function keep(key: string, value: SavedAnswer): Write[] {
  const storageKey = storageKeyOf(key);
  const forget: ClockTask = { kind: "forget", key: storageKey };
  return [{ type: "put", key: storageKey, value }, schedule(CLOCK, Date.now() + KEPT_MS, forget)];
}

const storageKeyOf = (key: string) => `idempotent-answer/${key}`;

/** The same for the same parameters in another order. */
function fingerprintOf({ parameters }: OnceRequest): string {
  const text = JSON.stringify(parameters ?? {}, (_name, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash("sha256").update(text).digest("hex");
}

function requireSameRequest(saved: SavedAnswer, request: OnceRequest): void {
  if (saved.url === request.url && saved.fingerprint === fingerprintOf(request)) return;
  const what = saved.url === request.url ? "parameters" : `endpoint (${saved.url})`;
  throw new StripeApiError(400, {
    type: "idempotency_error",
    message:
      `Keys for idempotent requests can only be used with the same ${what} they were first used with. ` +
      `Try using a key other than '${request.key}' if you meant to execute a different request.`,
  });
}

/** The SDK tries again after it, as it does after every 409. */
function keyInUse(key: string): StripeApiError {
  return invalidRequest(
    "There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, " +
      `and the other request is still going through): ${key}. Please try again later.`,
    { status: 409, code: "idempotency_key_in_use" },
  );
}
