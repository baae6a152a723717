/** Writes courses as the API stores them. The same file again changes nothing. */
import { isDeepStrictEqual } from "node:util";
import { ResourceNotFoundException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { keys, type Table } from "#handlers/adapters/dynamodb/table.ts";
import type { Course } from "#workflow/model.ts";

export interface WrittenCourses {
  created: string[];
  changed: string[];
  unchanged: string[];
}

export async function writeCourses(courses: Course[], table: Table): Promise<WrittenCourses> {
  const written: WrittenCourses = { created: [], changed: [], unchanged: [] };
  for (const course of courses) written[await writeCourse(course, table)].push(course.courseId);
  return written;
}

async function writeCourse(course: Course, { client, tableName }: Table): Promise<keyof WrittenCourses> {
  // Undefined fields are not stored, so they must not count as a difference.
  const item = JSON.parse(JSON.stringify(courseItem(course))) as Record<string, unknown>;
  const { Item: standing } = await client
    .send(new GetCommand({ TableName: tableName, Key: keys.course(course.courseId), ConsistentRead: true }))
    .catch((error: unknown) => {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      throw new Error(
        `There is no table ${tableName} in this account and region. Deploy first, or name the --stage.`,
      );
    });
  if (isDeepStrictEqual(standing, item)) return "unchanged";
  await client.send(new PutCommand({ TableName: tableName, Item: item }));
  return standing ? "changed" : "created";
}
