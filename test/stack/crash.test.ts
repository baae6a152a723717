import { afterEach, beforeEach, expect, test } from "vitest";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { student } from "#test/support/payment-events.ts";
import {
  createStackPlace,
  removeStackPlace,
  type StackPlace,
  startRunningStack,
} from "#test/support/running-stack.ts";
import { createStackClients, type StackClients } from "#test/support/stack-clients.ts";
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

/** As Stripe does it: again, until the answer says that the event is stored. */
async function deliver(index: number, { postWebhook }: StackClients): Promise<void> {
  while ((await postWebhook(payload(index))).status !== 200);
}

test("kill -9 in the middle of 200 executions loses none of them", { timeout: 120_000 }, async () => {
  const before = await startRunningStack(place);
  const clientsBefore = createStackClients(before);
  const indexes = Array.from({ length: EXECUTIONS }, (_, index) => index);
  for (const index of indexes) {
    const Item = studentItem({ ...student, userId: `user-${index}` });
    await clientsBefore.putItem(Item);
  }
  await Promise.all(indexes.map((index) => deliver(index, clientsBefore)));
  await before.kill();

  const after = await startRunningStack(place);
  const clients = createStackClients(after);
  const letters = new Set<string>();
  /** Neither enrolled nor a dead letter so far. */
  async function findUnfinished(): Promise<number[]> {
    for (const { eventId } of await clients.takeDeadLetters()) letters.add(eventId);
    const unfinished: number[] = [];
    for (const index of indexes) {
      const enrolled = await clients.readItem(`USER#user-${index}`, "ENROLLMENT#TEST-COURSE-003");
      if (!enrolled && !letters.has(`evt_${index}`)) unfinished.push(index);
    }
    return unfinished;
  }
  try {
    await expect.poll(findUnfinished, { timeout: 80_000, interval: 500 }).toEqual([]);
    expect(after.resumedExecutions).toBeGreaterThan(0);
  } finally {
    await after.stop();
  }
});
