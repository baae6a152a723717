/** Purchases by students of the bench's own, at a running stack. */
import { setTimeout as pause } from "node:timers/promises";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { TABLE_NAME } from "#infra/local/names.ts";
import { student } from "#test/support/payment-events.ts";
import type { RunningStack } from "#test/support/running-stack.ts";
import { createStackClients } from "#test/support/stack-clients.ts";
import { stripeEvent } from "#test/support/stripe-events.ts";

export type Purchases = ReturnType<typeof createPurchases>;

const COURSE = "TEST-COURSE-003";
const LONGEST_WAIT_MS = 60_000;

export function createPurchases(stack: RunningStack) {
  const clients = createStackClients(stack);

  /** Posts the event of a new student's purchase, as Stripe would. @returns the student's id */
  async function post(userId: string): Promise<void> {
    const payload = stripeEvent({
      id: `evt_${userId}`,
      session: {
        id: `cs_${userId}`,
        client_reference_id: userId,
        metadata: { userId, courseId: COURSE },
        customer: `cus_${userId}`,
        payment_intent: `pi_${userId}`,
      },
    });
    const { status, body } = await clients.postWebhook(payload);
    if (status !== 200) throw new Error(`the webhook answered ${status}: ${JSON.stringify(body)}`);
  }

  async function waitUntilEnrolled(userId: string): Promise<void> {
    const deadline = Date.now() + LONGEST_WAIT_MS;
    while (!(await clients.readItem(`USER#${userId}`, `ENROLLMENT#${COURSE}`))) {
      if (Date.now() > deadline) throw new Error(`${userId} was not enrolled within a minute`);
      await pause(2);
    }
  }

  return {
    clients,

    async createStudent(userId: string): Promise<void> {
      const Item = studentItem({ ...student, userId });
      await clients.table.client.send(new PutCommand({ TableName: TABLE_NAME, Item }));
    },

    post,
    waitUntilEnrolled,

    async buy(userId: string): Promise<void> {
      await post(userId);
      await waitUntilEnrolled(userId);
    },
  };
}
