/** Writes courses as the API stores them. The same file again changes nothing. */
import { isDeepStrictEqual } from "node:util";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { getItem, keys, putItem, type Table } from "#handlers/adapters/dynamodb/table.ts";
import { sentenceFor } from "#infra/command-line/sentence-for.ts";
import type { Course } from "#workflow/model.ts";

export interface WrittenCourses {
  created: string[];
  changed: string[];
  unchanged: string[];
}

type Change = { courseId: string; item: Record<string, unknown>; kind: keyof WrittenCourses };

/** Whoever signs names each of them, and a row of the table has its end. */
const SIGNED_AT_ONCE = 100;

/**
 * Everything is read before anything is written, so that a table that cannot be reached is found out in time.
 * @param around what is done before and after some of the courses that change are written
 */
export async function writeCourses(
  courses: Course[],
  table: Table,
  around: (courseIds: string[], write: () => Promise<void>) => Promise<void> = (_courseIds, write) => write(),
): Promise<WrittenCourses> {
  const changes: Change[] = [];
  for (const course of courses) changes.push(await compare(course, table));
  const written: WrittenCourses = { created: [], changed: [], unchanged: [] };
  const isChange = ({ kind }: Change) => kind !== "unchanged";
  written.unchanged.push(...changes.filter((one) => !isChange(one)).map(({ courseId }) => courseId));
  for (const some of inTurn(changes.filter(isChange))) {
    await around(
      some.map(({ courseId }) => courseId),
      async () => {
        for (const { courseId, item, kind } of some) {
          await write(item, table, written);
          written[kind].push(courseId);
        }
      },
    );
  }
  return written;
}

const inTurn = (changes: Change[]): Change[][] =>
  Array.from({ length: Math.ceil(changes.length / SIGNED_AT_ONCE) }, (_, turn) =>
    changes.slice(turn * SIGNED_AT_ONCE, (turn + 1) * SIGNED_AT_ONCE),
  );

async function compare(course: Course, table: Table): Promise<Change> {
  // Undefined fields are not stored, so they must not count as a difference.
  const item = JSON.parse(JSON.stringify(courseItem(course))) as Record<string, unknown>;
  const standing = await getItem(table, keys.course(course.courseId)).catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== "ResourceNotFoundException") throw error;
    throw new Error(
      `There is no table ${table.tableName} in this account and region. Deploy first, or name the --stage.`,
    );
  });
  const kind = isDeepStrictEqual(standing, item) ? "unchanged" : standing ? "changed" : "created";
  return { courseId: course.courseId, item, kind };
}

async function write(
  item: Record<string, unknown>,
  table: Table,
  { created, changed }: WrittenCourses,
): Promise<void> {
  await putItem(table, item).catch((error: unknown) => {
    const done = [...created, ...changed];
    const sofar = done.length > 0 ? `${done.join(", ")} had been written` : "Nothing had been written";
    throw new Error(`${sentenceFor(error)} ${sofar} by then. The same command again writes the rest.`);
  });
}
