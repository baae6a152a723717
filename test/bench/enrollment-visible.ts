/** From an event to an enrollment that a student can see, against the same writes done directly. */
import { createEnrollmentStore } from "#handlers/adapters/dynamodb/enrollments.ts";
import { createStudentStore } from "#handlers/adapters/dynamodb/students.ts";
import type { Figure } from "./figure.ts";
import { interleave, repeat } from "./interleave.ts";
import { createPurchases, type Purchases } from "./purchases.ts";
import type { StackBenchRun } from "./run-bench.ts";

const SECTION = "Event to enrollment";
const SUSTAINED_AT_ONCE = 32;
/** For the warm-up, and for a last turn that is full. */
const SPARE = 100;

export async function measureEnrollments({ stack, sizes, say }: StackBenchRun): Promise<Figure[]> {
  const purchases = createPurchases(stack);
  const figures: Figure[] = [];
  for (const atOnce of [1, 32]) {
    say(`event to enrollment, ${atOnce} at a time`);
    const students = await createStudents(purchases, `visible-${atOnce}`, 2 * (sizes.enrollments + SPARE));
    const measured = await interleave(
      { ours: () => purchases.buy(next(students)), floor: () => writeStraight(purchases, next(students)) },
      { calls: sizes.enrollments, atOnce },
    );
    const { ours, floor } = { ours: measured.ours.p50, floor: measured.floor.p50 };
    figures.push({ section: SECTION, name: `p50, ${atOnce} at a time`, unit: "ms", ours, floor, atMost: 5 });
  }
  say(`executions for ${sizes.sustainedSeconds} s`);
  const sustained = await countSustained(purchases, sizes.sustainedSeconds * 1000);
  return [
    ...figures,
    { section: SECTION, name: "executions sustained", unit: "per second", ours: sustained },
  ];
}

async function createStudents(purchases: Purchases, prefix: string, count: number): Promise<string[]> {
  const students = Array.from({ length: count }, (_, index) => `bench-${prefix}-${index}`);
  await repeat((index) => purchases.createStudent(students[index] ?? ""), count, 8);
  return students;
}

function next(students: string[]): string {
  const userId = students.pop();
  if (!userId) throw new Error("the bench has run out of students");
  return userId;
}

/** What the execution writes: the enrollment, and the customer at the student. */
async function writeStraight({ clients }: Purchases, userId: string): Promise<void> {
  const at = new Date().toISOString();
  await createEnrollmentStore(clients.table).createEnrollment({
    userId,
    courseId: "TEST-COURSE-003",
    enrollmentType: "paid",
    enrolledAt: at,
    paymentStatus: "completed",
    progress: 0,
    completed: false,
  });
  await createStudentStore(clients.table).linkCustomer(userId, `cus_${userId}`, at);
}

/** @returns executions that came to their end, per second */
async function countSustained(purchases: Purchases, milliseconds: number): Promise<number> {
  const startedAt = Date.now();
  let done = 0;
  const buyOn = async (worker: number) => {
    for (let index = 0; Date.now() - startedAt < milliseconds; index++) {
      const userId = `bench-sustained-${worker}-${index}`;
      await purchases.createStudent(userId);
      await purchases.buy(userId);
      done++;
    }
  };
  await Promise.all(Array.from({ length: SUSTAINED_AT_ONCE }, (_, worker) => buyOn(worker)));
  return (done * 1000) / (Date.now() - startedAt);
}
