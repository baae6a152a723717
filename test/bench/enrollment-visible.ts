/** From an event to an enrollment that a student can see, against the same writes done directly. */

import { GetExecutionHistoryCommand } from "@aws-sdk/client-sfn";
import { createEnrollmentStore } from "#handlers/adapters/dynamodb/enrollments.ts";
import { createStudentStore } from "#handlers/adapters/dynamodb/students.ts";
import { executionArn } from "#infra/local/names.ts";
import { paidEnrollment } from "#test/support/purchases.ts";
import type { Figure } from "./figure.ts";
import { repeat, summarize } from "./interleave.ts";
import { createPurchases, type Purchases } from "./purchases.ts";
import type { StackBenchRun } from "./run-bench.ts";

const SECTION = "Event to enrollment";
/** Bursts. */
const WARM_UP = 20;

export async function measureEnrollments({ stack, sizes, report }: StackBenchRun): Promise<Figure[]> {
  const purchases = createPurchases(stack);
  const figures: Figure[] = [];
  for (const atOnce of [1, 32]) {
    const bursts = Math.ceil(sizes.enrollments / atOnce);
    report(`event to enrollment, ${atOnce} at a time`);
    const students = await purchases.createStudents(`visible-${atOnce}`, 2 * (WARM_UP + bursts) * atOnce);
    const times = { ours: [] as number[], floor: [] as number[] };
    for (let burst = 0; burst < WARM_UP + bursts; burst++) {
      const ours = await timePurchases(purchases, students.splice(0, atOnce));
      const writers = students.splice(0, atOnce);
      const floor = await repeat((index) => writeStraight(purchases, writers[index] ?? ""), atOnce, atOnce);
      if (burst < WARM_UP) continue;
      times.ours.push(...ours);
      times.floor.push(...floor);
    }
    const [ours, floor] = [summarize(times.ours).p50, summarize(times.floor).p50];
    figures.push({ section: SECTION, name: `p50, ${atOnce} at a time`, unit: "ms", ours, floor, atMost: 5 });
  }
  return figures;
}

/**
 * All at the same moment. Dated by the executions' histories, which say when the step that wrote the enrollment had come
 * back: looking for enrollments, often enough to be exact, would be half of the load.
 * @returns milliseconds of each, from its event
 */
export async function timePurchases(purchases: Purchases, userIds: string[]): Promise<number[]> {
  const postedAt = await Promise.all(
    userIds.map(async (userId) => {
      const at = performance.timeOrigin + performance.now();
      await purchases.post(userId);
      return at;
    }),
  );
  await purchases.waitUntilIdle();
  const writtenAt = await Promise.all(userIds.map((userId) => findTimeOfWriting(purchases, userId)));
  return writtenAt.map((at, index) => at - (postedAt[index] ?? 0));
}

async function findTimeOfWriting({ clients }: Purchases, userId: string): Promise<number> {
  const history = new GetExecutionHistoryCommand({ executionArn: executionArn(`evt_${userId}`) });
  const { events = [] } = await clients.sfn.send(history);
  const entered = events.findIndex(({ stateEnteredEventDetails: of }) => of?.name === "WriteEnrollment");
  const written = events.slice(entered).find(({ type }) => type === "TaskSucceeded")?.timestamp;
  if (entered === -1 || !written) throw new Error(`${userId} was not enrolled`);
  return written.getTime();
}

/** What the execution writes: the enrollment, and the customer at the student. */
async function writeStraight({ clients }: Purchases, userId: string): Promise<void> {
  const at = new Date().toISOString();
  await createEnrollmentStore(clients.table).createEnrollment(paidEnrollment({ userId, enrolledAt: at }));
  await createStudentStore(clients.table).linkCustomer(userId, `cus_${userId}`, at);
}
