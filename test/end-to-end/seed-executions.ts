/** Puts finished executions into a place before its stack starts: thousands, in the time that ten would take to run. */

import path from "node:path";
import { createExecutionStore } from "#infra/local/aws/step-functions/execution-store.ts";
import {
  executionStarted,
  executionSucceeded,
  numberEvents,
} from "#infra/local/aws/step-functions/history-events.ts";
import { executionArn } from "#infra/local/names.ts";
import { openDatabase } from "#infra/local/storage/database.ts";

const AN_HOUR = 3_600_000;

/** Named `evt_seeded_00001` and so on; the last is the newest. */
export async function seedExecutions(dataDir: string, count: number): Promise<void> {
  const database = await openDatabase(path.join(dataDir, "aws", "state"));
  const store = createExecutionStore(database);
  for (let number = 1; number <= count; number += 1) {
    const name = `evt_seeded_${String(number).padStart(5, "0")}`;
    const startedAt = Date.now() - AN_HOUR + number * 100;
    const events = numberEvents(
      [executionStarted("{}", "arn:aws:iam::0:role/seeded"), executionSucceeded("{}")],
      0,
    );
    await store.writeTransition(
      {
        name,
        arn: executionArn(name),
        status: "SUCCEEDED",
        input: "{}",
        output: "{}",
        startedAt,
        startOrder: store.nextStartOrder(startedAt),
        stoppedAt: startedAt + 40,
        redriveCount: 0,
        state: { name: "Enrolled", input: {}, enteredAt: startedAt },
        eventCount: events.length,
      },
      events,
      undefined,
    );
  }
  await database.close();
}
