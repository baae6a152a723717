/** The courses and students of a round, and what goes wrong with them for a while. */
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { keys } from "#handlers/adapters/dynamodb/table.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import type { PaidCourse } from "#workflow/model.ts";
import type { Deployment } from "./deployment.ts";
import type { Random } from "./random.ts";

const COURSES = 8;
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

export const courseOf = (index: number): PaidCourse => ({
  ...paidCourse,
  courseId: `COURSE-${index % COURSES}`,
});

export function seedCatalogue({ table }: Deployment): void {
  for (let index = 0; index < COURSES; index += 1) table.put(courseItem(courseOf(index)));
}

/** Courses vanish or change their price while payments for them are on their way; most are mended, some never. */
export async function spoilCatalogue({ agenda, table }: Deployment, random: Random): Promise<void> {
  const course = courseOf(random.below(COURSES));
  await agenda.sleep(random.between(0, 8 * HOUR));
  if (random.chance(0.5)) table.remove(keys.course(course.courseId));
  else table.put(courseItem({ ...course, unitAmount: course.unitAmount + 100 }));
  if (random.chance(0.3)) return;
  await agenda.sleep(random.chance(0.6) ? random.between(0, 6 * HOUR) : random.between(0, 9 * DAY));
  table.put(courseItem(course));
}
