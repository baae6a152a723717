/** What a step has answered or failed with: by the record, and today. */
import type { Json } from "#infra/states-language/engine.ts";
import type { Attempt } from "../path.ts";
import { findDifferingPlace } from "../same-json.ts";

/** `payload` is JSON text. */
export type Answer = { payload: string } | { error: string };

/** What passes by itself says nothing of the step: it is the weather of that day. */
const WEATHER = /^(RetryableError$|Lambda\.|States\.)/;

/** @returns undefined when nobody has seen its end, or it was not the step that ended it */
export function recordedAnswer({ outcome }: Attempt): Answer | undefined {
  if (!outcome) return undefined;
  if (outcome.kind === "failed") return WEATHER.test(outcome.error) ? undefined : { error: outcome.error };
  const { Payload = null } = JSON.parse(outcome.output) as { Payload?: Json };
  return { payload: JSON.stringify(Payload) };
}

/** @param step rejects with an error whose name counts */
export async function answerOf(step: Promise<unknown>): Promise<Answer> {
  try {
    return { payload: JSON.stringify(await step) ?? "null" };
  } catch (error) {
    return { error: error instanceof Error ? error.name : typeof error };
  }
}

/**
 * @param attempt when it was: an instant within it is the time of the call, whichever
 * @returns undefined when both say the same
 */
export function describeDifference(
  recorded: Answer,
  today: Answer,
  attempt: Pick<Attempt, "scheduledAt" | "endedAt">,
): string | undefined {
  if ("error" in recorded || "error" in today) {
    const [theirs, ours] = [nameOf(recorded), nameOf(today)];
    return theirs === ours ? undefined : `has ${ours} instead of ${theirs}`;
  }
  const place = findDifferingPlace(
    withoutTimes(recorded.payload, attempt),
    withoutTimes(today.payload, attempt),
  );
  return place && `answers another ${place}`;
}

const nameOf = (answer: Answer) => ("error" in answer ? answer.error : "its answer");

/** Two machines' clocks. */
const SKEW_MS = 5_000;
const INSTANT = /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/g;

function withoutTimes(
  payload: string,
  { scheduledAt, endedAt = scheduledAt }: Pick<Attempt, "scheduledAt" | "endedAt">,
): string {
  return payload.replaceAll(INSTANT, (text) => {
    const at = Date.parse(JSON.parse(text) as string);
    return at >= scheduledAt - SKEW_MS && at <= endedAt + SKEW_MS ? '"the time of the call"' : text;
  });
}
