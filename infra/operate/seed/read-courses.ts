/** Courses from a JSON file. */
import { readFile } from "node:fs/promises";
import type { Course } from "#workflow/model.ts";
import { readCourse } from "./read-course.ts";

interface ReadCourses {
  /** Those that are of the right shape. */
  courses: Course[];
  /** All that has to be corrected, each beginning with the course. */
  faults: string[];
}

/** @throws Error when there is no list of courses in it */
export async function readCourses(file: string): Promise<ReadCourses> {
  const entries = parseList(await readText(file), file);
  const names = entries.map(nameOf);
  const read = entries.map(readCourse);
  const faults = read.flatMap((course, index) => course.faults.map((fault) => `${names[index]}: ${fault}`));
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  return {
    courses: read.flatMap(({ course }) => course ?? []),
    faults: [...faults, ...repeated.map((name) => `${name}: is there twice`)],
  };
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
