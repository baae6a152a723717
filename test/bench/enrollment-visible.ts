/** From an event to an enrollment that a student can see, against the same writes done directly. */
import { setTimeout as pause } from "node:timers/promises";
import { GetExecutionHistoryCommand } from "@aws-sdk/client-sfn";
import { createEnrollmentStore } from "#handlers/adapters/dynamodb/enrollments.ts";
import { createStudentStore } from "#handlers/adapters/dynamodb/students.ts";
import { executionArn } from "#infra/local/follow-execution.ts";
import type { Figure } from "./figure.ts";
import { interleave, mostCalls } from "./interleave.ts";
import { createPurchases, type Purchases } from "./purchases.ts";
import type { StackBenchRun } from "./run-bench.ts";

const SECTION = "Event to enrollment";
const SUSTAINED_AT_ONCE = 32;
const LOOK_EVERY_MS = 20;

export async function measureEnrollments({ stack, sizes, say }: StackBenchRun): Promise<Figure[]> {
  const purchases = createPurchases(stack);
  const figures: Figure[] = [];
  for (const atOnce of [1, 32]) {
    say(`event to enrollment, ${atOnce} at a time`);
    const turns = { calls: sizes.enrollments, atOnce, settle: purchases.waitUntilIdle };
    const students = await purchases.createStudents(`visible-${atOnce}`, 2 * mostCalls(turns));
    const student = (index: number) => students[index] as string;
    const measured = await interleave(
      {
        ours: (index) => timePurchase(purchases, student(index)),
        floor: (index) => writeStraight(purchases, student(index)),
      },
      turns,
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

/**
 * Dated by the execution's history, which says when the step that wrote the enrollment had come back: looking for the
 * enrollment itself, often enough to be exact, would be half of the load.
 */
async function timePurchase(purchases: Purchases, userId: string): Promise<number> {
  const startedAt = performance.timeOrigin + performance.now();
  await purchases.post(userId);
  for (;;) {
    await pause(LOOK_EVERY_MS);
    const writtenAt = await findTimeOfWriting(purchases, userId);
    if (writtenAt) return writtenAt - startedAt;
  }
}

async function findTimeOfWriting({ clients }: Purchases, userId: string): Promise<number | undefined> {
  const history = new GetExecutionHistoryCommand({ executionArn: executionArn(`evt_${userId}`) });
  const { events = [] } = await clients.sfn.send(history);
  if (events.some(({ type }) => type === "ExecutionFailed")) throw new Error(`${userId} was not enrolled`);
  const entered = events.findIndex(({ stateEnteredEventDetails: of }) => of?.name === "WriteEnrollment");
  const written = events.slice(entered).find(({ type }) => type === "TaskSucceeded");
  return entered === -1 ? undefined : written?.timestamp?.getTime();
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
