/** The courses of a round, and what people do to them while students buy. */
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { keys } from "#handlers/adapters/dynamodb/table.ts";
import { freeCourse, paidCourse } from "#test/support/payment-events.ts";
import type { Course, PaidCourse } from "#workflow/model.ts";
import type { Deployment } from "./deployment.ts";
import type { Random } from "./random.ts";

const COURSES = 8;
/** Courses from this one on are charged by a price that is kept at Stripe. */
const FIRST_BY_PRICE = 5;
const AMOUNTS = [paidCourse.unitAmount, 5_900, 3_900] as const;
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

export function courseOf(index: number, unitAmount: number = paidCourse.unitAmount): PaidCourse {
  const number = index % COURSES;
  return {
    ...paidCourse,
    courseId: `COURSE-${number}`,
    unitAmount,
    ...(number >= FIRST_BY_PRICE && { stripePriceId: priceOf(unitAmount) }),
  };
}

const priceOf = (amount: number) => `price_${amount}`;

export function seedCatalogue({ table, stripe }: Deployment): void {
  for (const amount of AMOUNTS) stripe.prices.set(priceOf(amount), { amount, currency: paidCourse.currency });
  for (let index = 0; index < COURSES; index += 1) table.put(courseItem(courseOf(index)));
}

/** Each course is edited again and again, while students look at it and while they pay; but one, which vanishes. */
export function disturbCatalogue(deployment: Deployment, random: Random): void {
  const lost = random.below(COURSES);
  void loseCourse(lost, deployment, random);
  for (let index = 0; index < COURSES; index += 1)
    if (index !== lost) void editCourse(index, deployment, random);
}

/** At the end it is as it was. */
async function editCourse(index: number, { agenda, table }: Deployment, random: Random): Promise<void> {
  const edits = 4 + random.below(20);
  let standing: Course = courseOf(index);
  for (let edit = 0; edit < edits; edit += 1) {
    await agenda.sleep(random.chance(0.9) ? random.between(0, 1.5 * HOUR) : random.between(0, 2 * DAY));
    const edited = editedCourse(index, random);
    // Somebody forgets that the price is kept at Stripe as well.
    const isForgotten = edited.pricingModel === "paid" && random.chance(0.4);
    const course: Course = isForgotten ? { ...edited, stripePriceId: priceIdOf(standing) } : edited;
    table.put(courseItem(course));
    standing = course;
  }
  await agenda.sleep(random.between(0, HOUR));
  table.put(courseItem(courseOf(index)));
}

const priceIdOf = (course: Course) => (course.pricingModel === "paid" ? course.stripePriceId : undefined);

function editedCourse(index: number, random: Random): Course {
  const course = courseOf(index, random.pick(AMOUNTS));
  const kind = random.next();
  if (kind < 0.1) return { ...course, status: "retired" };
  if (kind < 0.15) return { ...freeCourse, courseId: course.courseId };
  return course;
}

/** Mostly it is put back, sometimes never. */
async function loseCourse(index: number, { agenda, table }: Deployment, random: Random): Promise<void> {
  const course = courseOf(index);
  await agenda.sleep(random.between(0, 10 * HOUR));
  table.remove(keys.course(course.courseId));
  if (random.chance(0.3)) return;
  await agenda.sleep(random.chance(0.6) ? random.between(0, 6 * HOUR) : random.between(0, 9 * DAY));
  table.put(courseItem(course));
}
