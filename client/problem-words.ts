/** What the student is told of a failure: by its code, in the student's language. */
import type { ApiError } from "./api-error.ts";
import type { Words } from "./words/english.ts";

/** The API's own sentence is for a code that a newer API has and this client does not know. */
export function describeProblem(problem: ApiError, { problems }: Words): string {
  const { code, retryAfterSeconds, message } = problem;
  if (code === "too_many_requests" && retryAfterSeconds)
    return problems.askedTooOften({ seconds: retryAfterSeconds });
  const byCode: Record<string, string> = problems.byCode;
  return Object.hasOwn(byCode, code) ? (byCode[code] ?? message) : message;
}
