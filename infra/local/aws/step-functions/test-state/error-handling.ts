/** What a state's retriers and catchers would make of an error. */
import type { InspectionErrorDetails } from "@aws-sdk/client-sfn";
import type { StateDefinition } from "#infra/states-language/definition.ts";

interface Matcher {
  ErrorEquals: string[];
}

interface Retrier extends Matcher {
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
}

interface Handling {
  /** It would be tried again. */
  isRetriable: boolean;
  details: InspectionErrorDetails | undefined;
}

/** @param retryCount how often the retrier has been used before */
export function handleError(state: StateDefinition, error: string, retryCount: number): Handling {
  const { Retry = [], Catch = [] } = state as { Retry?: Retrier[]; Catch?: Matcher[] };
  const retryIndex = Retry.findIndex((retrier) => matches(retrier, error));
  const retrier = Retry[retryIndex];
  if (retrier && retryCount < (retrier.MaxAttempts ?? 3)) {
    const retryBackoffIntervalSeconds = pauseBefore(retrier, retryCount);
    return { isRetriable: true, details: { retryIndex, retryBackoffIntervalSeconds } };
  }
  const catchIndex = Catch.findIndex((catcher) => matches(catcher, error));
  const details = { ...(retrier && { retryIndex }), ...(catchIndex >= 0 && { catchIndex }) };
  return { isRetriable: false, details: Object.keys(details).length > 0 ? details : undefined };
}

/** The longest that jitter may take. */
function pauseBefore(retrier: Retrier, retryCount: number): number {
  const { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Infinity } = retrier;
  return Math.min(IntervalSeconds * BackoffRate ** retryCount, MaxDelaySeconds);
}

const matches = ({ ErrorEquals }: Matcher, error: string) =>
  ErrorEquals.some(
    (name) =>
      name === error || name === "States.ALL" || (name === "States.TaskFailed" && error !== "States.Timeout"),
  );
