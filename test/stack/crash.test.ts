import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { afterEach, beforeEach, expect, test } from "vitest";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { student } from "#test/support/payment-events.ts";
import {
  createStackPlace,
  removeStackPlace,
  type StackPlace,
  startRunningStack,
} from "#test/support/running-stack.ts";
import { createStackClients } from "#test/support/stack-clients.ts";
import { purchaseEvent } from "#test/support/stripe-events.ts";

const EXECUTIONS = 200;

let place: StackPlace;

beforeEach(async () => {
  place = await createStackPlace();
});

afterEach(() => removeStackPlace(place));

/** Every fourth names a course that does not exist, so that it must end as a dead letter. */
function payload(index: number): string {
  const courseId = index % 4 === 0 ? "GONE" : `TEST-COURSE-003`;
  return purchaseEvent(String(index), { courseId });
}

test("kill -9 in the middle of 200 executions loses none of them", { timeout: 120_000 }, async () => {
  const before = await startRunningStack(place);
  const clientsBefore = createStackClients(before);
  const indexes = Array.from({ length: EXECUTIONS }, (_, index) => index);
  for (const index of indexes) {
    const Item = studentItem({ ...student, userId: `user-${index}` });
    await clientsBefore.putItem(Item);
  }
  const answers = await Promise.all(indexes.map((index) => clientsBefore.postWebhook(payload(index))));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  await before.kill();

  const after = await startRunningStack(place);
  const clients = createStackClients(after);
  try {
    await expect
      .poll(
        async () => {
          const { executions = [] } = await clients.sfn.send(
            new ListExecutionsCommand({ stateMachineArn: STATE_MACHINE_ARN, statusFilter: "RUNNING" }),
          );
          return executions.length;
        },
        { timeout: 60_000 },
      )
      .toBe(0);
    const letters = new Set((await clients.takeDeadLetters()).map(({ eventId }) => eventId));
    const lost: number[] = [];
    for (const index of indexes) {
      const enrolled = await clients.readItem(`USER#user-${index}`, "ENROLLMENT#TEST-COURSE-003");
      if (!enrolled && !letters.has(`evt_${index}`)) lost.push(index);
    }
    expect(lost).toEqual([]);
    expect(after.resumedExecutions).toBeGreaterThan(0);
  } finally {
    await after.stop();
  }
});
