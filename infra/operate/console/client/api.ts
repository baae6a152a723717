/** Asks the console's server. What went wrong is an Error with a sentence for people. */
import type { Failure } from "../contract.ts";

async function call<Answer>(path: string, init: RequestInit): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(`/api/${path}`, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Error("The console's server does not answer. Is it still running?", { cause: error });
  }
  const answer = (await response.json().catch(() => ({}))) as Answer & Partial<Failure>;
  if (!response.ok) throw new Error(answer.error ?? `The server answered ${response.status}.`);
  return answer;
}

export const read = <Answer>(path: string, signal: AbortSignal) => call<Answer>(path, { signal });

export const post = <Answer = object>(path: string, body: object = {}) =>
  call<Answer>(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-bursar-console": "1" },
    body: JSON.stringify(body),
  });
