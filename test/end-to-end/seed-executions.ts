/** Puts finished executions into a place before its stack starts: thousands, in the time that ten would take to run. */
import path from "node:path";
import {
  createExecutionStore,
  type ExecutionStore,
} from "#infra/local/aws/step-functions/execution-store.ts";
import { executionArn } from "#infra/local/names.ts";
import { openDatabase } from "#infra/local/storage/database.ts";
import {
  executionFailed,
  executionStarted,
  executionSucceeded,
  type NewEvent,
  numberEvents,
} from "#infra/states-language/history-events.ts";
import { paymentEvent } from "#test/support/payment-events.ts";

const AN_HOUR = 3_600_000;
const FIFTEEN_DAYS = 15 * 24 * AN_HOUR;

/** Failed longer ago than Step Functions redrives it, with an input that no step can do anything with. */
export const FAILED_LONG_AGO = "evt_failed_long_ago";

/** How many courses those that have succeeded are about, in turns: `SEEDED-COURSE-0` and so on. */
const COURSES = 10;

/** Named `evt_seeded_00001` and so on; the last is the newest. Before them all, `FAILED_LONG_AGO`. */
export async function seedExecutions(dataDir: string, count: number): Promise<void> {
  const database = await openDatabase(path.join(dataDir, "aws", "state"));
  const store = createExecutionStore(database);
  const now = Date.now();
  const failure = { error: "States.NoChoiceMatched", cause: "no redrive yet" };
  await write(store, FAILED_LONG_AGO, now - FIFTEEN_DAYS, "{}", executionFailed(failure));
  for (let number = 1; number <= count; number += 1) {
    const name = `evt_seeded_${String(number).padStart(5, "0")}`;
    const event = paymentEvent({
      eventId: name,
      userId: `user-seeded-${number}`,
      courseId: `SEEDED-COURSE-${number % COURSES}`,
    });
    await write(store, name, now - AN_HOUR + number * 100, JSON.stringify(event), executionSucceeded("{}"));
  }
  await database.close();
}

/** @param end the last event of its history */
async function write(
  store: ExecutionStore,
  name: string,
  startedAt: number,
  input: string,
  end: NewEvent,
): Promise<void> {
  const events = numberEvents([executionStarted(input, "arn:aws:iam::0:role/seeded"), end], 0);
  const hasSucceeded = end.type === "ExecutionSucceeded";
  const execution = {
    name,
    arn: executionArn(name),
    status: hasSucceeded ? "SUCCEEDED" : "FAILED",
    input,
    output: "{}",
    startedAt,
    startOrder: store.nextStartOrder(startedAt),
    stoppedAt: startedAt + 40,
    redriveCount: 0,
    state: { name: hasSucceeded ? "Enrolled" : "AwaitRedrive", input: {}, enteredAt: startedAt },
    eventCount: events.length,
  } as const;
  await store.writeTransition(execution, events, undefined);
}
