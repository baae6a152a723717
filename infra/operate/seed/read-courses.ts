/** Courses from a JSON file, checked against the schema that the API reads them with. */
import { readFile } from "node:fs/promises";
import { type Course, courseSchema } from "#workflow/model.ts";

/** @throws Error naming every fault, by course and field */
export async function readCourses(file: string): Promise<Course[]> {
  const entries = parseList(await readText(file), file);
  const results = entries.map((entry) => courseSchema.safeParse(entry));
  const faults = results.flatMap(({ error }, index) =>
    (error?.issues ?? []).map(
      (issue) =>
        `${nameOf(entries[index], index)}: ${[issue.path.join("."), issue.message].filter(Boolean).join(" ")}`,
    ),
  );
  const courses = results.flatMap(({ data }) => data ?? []);
  const ids = courses.map(({ courseId }) => courseId);
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  faults.push(...repeated.map((id) => `${id}: is there twice`));
  if (faults.length > 0) throw new Error(`${file} was not written. Correct first:\n  ${faults.join("\n  ")}`);
  return courses;
}

async function readText(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => {
    throw new Error(`${file} cannot be read. Name a JSON file with a list of courses.`);
  });
}

function parseList(json: string, file: string): unknown[] {
  try {
    const list: unknown = JSON.parse(json);
    if (Array.isArray(list)) return list;
  } catch {
    // Said below, in the same words as for a file that is JSON but no list.
  }
  throw new Error(`${file} must be a JSON list of courses.`);
}

function nameOf(entry: unknown, index: number): string {
  const courseId = (entry as { courseId?: unknown } | null)?.courseId;
  return typeof courseId === "string" && courseId !== "" ? courseId : `course ${index + 1}`;
}
