/** Answers requests that carry the same Idempotency-Key with one and the same answer, for 24 hours. */
import { createHash } from "node:crypto";
import { CLOCK, type ClockTask } from "../checkout/clock-task.ts";
import { invalidRequest, StripeApiError } from "../errors.ts";
import type { State } from "../state.ts";
import { schedule } from "../store/agenda.ts";
import type { Change } from "../store/records.ts";

interface SavedAnswer {
  fingerprint: string;
  url: string;
  body: unknown;
}

export interface OnceRequest {
  key: string;
  url: string;
  parameters: unknown;
}

/** Commits a change and makes the body the answer. */
export type Commit = <Body>(body: Body, change: Change) => Promise<Body>;

const KEPT_MS = 24 * 60 * 60 * 1000;
const LONGEST_KEY = 255;

/**
 * A concurrent request with the key waits for the first. A refused request saves nothing, so it may be mended and sent
 * again under its key: every refusal here comes before anything was done.
 * @throws StripeApiError `idempotency_error` when the key stands for another request
 */
export async function answerOnce(
  request: OnceRequest,
  state: State,
  work: (commit: Commit) => Promise<unknown>,
): Promise<{ body: unknown; replayed: boolean }> {
  if (request.key.length > LONGEST_KEY) {
    throw invalidRequest(`Idempotency keys can be at most ${LONGEST_KEY} characters long.`);
  }
  const storageKey = `idempotency/${request.key}`;
  const fingerprint = createHash("sha256")
    .update(JSON.stringify(request.parameters ?? {}))
    .digest("hex");

  return state.exclusively(storageKey, async () => {
    const saved = await state.database.get<SavedAnswer>(storageKey);
    if (saved) {
      requireSameRequest(saved, request, fingerprint);
      return { body: saved.body, replayed: true };
    }
    const forget: ClockTask = { kind: "forget", key: storageKey };
    const body = await work(async (answer, change) => {
      const value: SavedAnswer = { fingerprint, url: request.url, body: answer };
      await state.save({
        ...change,
        writes: [
          ...(change.writes ?? []),
          { type: "put", key: storageKey, value },
          schedule(CLOCK, Date.now() + KEPT_MS, forget),
        ],
      });
      return answer;
    });
    return { body, replayed: false };
  });
}

function requireSameRequest(saved: SavedAnswer, request: OnceRequest, fingerprint: string): void {
  if (saved.url === request.url && saved.fingerprint === fingerprint) return;
  const what = saved.url === request.url ? "parameters" : `endpoint (${saved.url})`;
  throw new StripeApiError(400, {
    type: "idempotency_error",
    message:
      `Keys for idempotent requests can only be used with the same ${what} they were first used with. ` +
      `Try using a key other than '${request.key}' if you meant to execute a different request.`,
  });
}
