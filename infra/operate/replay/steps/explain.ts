/** Differences that the steps have nothing to do with: the table has moved on since they were asked. */

import { type ItemKey, keys } from "#handlers/adapters/dynamodb/table.ts";
import type { Item } from "#handlers/adapters/dynamodb/table-expressions.ts";
import type { Attempt } from "../path.ts";
import { type Answer, describeDifference, recordedAnswer } from "./answer.ts";

interface Asked {
  attempt: Attempt;
  /** The same question, asked again by the same execution. */
  later: Attempt[];
  recorded: Answer;
  today: Answer;
  ids: { userId?: string; courseId?: string };
}

/**
 * @param read what the table holds now
 * @returns what has changed in it; undefined: nothing that is known, so it is the step
 */
export async function explain(
  asked: Asked,
  read: (key: ItemKey) => Promise<Item | undefined>,
): Promise<string | undefined> {
  const { later, today, ids } = asked;
  const isAnsweredSoLater = later.some((attempt) => {
    const answer = recordedAnswer(attempt);
    return answer && !describeDifference(answer, today, attempt);
  });
  if (isAnsweredSoLater) return "as the same execution was answered later";
  const { userId = "", courseId = "" } = ids;
  return (
    (await explainMissing(asked, "CourseNotFound", "the course", () => read(keys.course(courseId)))) ??
    (await explainMissing(asked, "StudentNotFound", "the student", () => read(keys.student(userId)))) ??
    (await explainFreed(asked, () => read(keys.enrollment(userId, courseId))))
  );
}

const errorOf = (answer: Answer) => ("error" in answer ? answer.error : undefined);

/** Only as far as the table says the same as today's step. */
async function explainMissing(
  { recorded, today }: Asked,
  error: string,
  what: string,
  find: () => Promise<Item | undefined>,
): Promise<string | undefined> {
  const [wasMissing, isMissing] = [errorOf(recorded) === error, errorOf(today) === error];
  if (wasMissing === isMissing || isMissing !== ((await find()) === undefined)) return undefined;
  return isMissing ? `${what} is gone since` : `${what} is there now`;
}

async function explainFreed(
  { recorded, today }: Asked,
  find: () => Promise<Item | undefined>,
): Promise<string | undefined> {
  if (errorOf(recorded) !== "DoublePayment" || errorOf(today) !== undefined) return undefined;
  return (await find()) === undefined ? "the enrollment that stood in its way is gone since" : undefined;
}
