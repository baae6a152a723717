/** Purchases by students of the bench's own, at a running stack. */
import { setTimeout as pause } from "node:timers/promises";
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { createPurchaseStore } from "#handlers/adapters/dynamodb/purchases.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { student } from "#test/support/payment-events.ts";
import { openPurchase } from "#test/support/purchases.ts";
import type { RunningStack } from "#test/support/running-stack.ts";
import { createStackClients } from "#test/support/stack-clients.ts";
import { purchaseEvent, sign } from "#test/support/stripe-events.ts";
import { repeat } from "./interleave.ts";

export type Purchases = ReturnType<typeof createPurchases>;

/** A delivery of the event of a student's purchase, as Stripe makes it. */
export interface Delivery {
  payload: string;
  signature: string;
}

const COURSE = "TEST-COURSE-003";
const LONGEST_WAIT_MS = 60_000;
const LOOK_EVERY_MS = 20;

export function createPurchases(stack: RunningStack) {
  const clients = createStackClients(stack);

  async function createStudent(userId: string): Promise<void> {
    await clients.putItem(studentItem({ ...student, userId }));
    // As it was written when the student was given the form.
    const purchase = openPurchase({ userId, courseId: COURSE, checkoutSessionId: `cs_test_${userId}` });
    await createPurchaseStore(clients.table).openPurchase(purchase);
  }

  function deliver(userId: string): Delivery {
    const payload = purchaseEvent(userId, { userId, courseId: COURSE });
    return { payload, signature: sign(payload, STAND_IN_STRIPE.webhookSecret) };
  }

  async function post(userId: string): Promise<void> {
    const { payload, signature } = deliver(userId);
    const { status, body } = await clients.postWebhook(payload, signature);
    if (status !== 200) throw new Error(`the webhook answered ${status}: ${JSON.stringify(body)}`);
  }

  /** Looks seldom, since every look is work for the stack that is measured. */
  async function waitFor(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + LONGEST_WAIT_MS;
    while (!(await isSo())) {
      if (Date.now() > deadline) throw new Error(`within a minute it did not happen: ${what}`);
      await pause(LOOK_EVERY_MS);
    }
  }

  return {
    clients,
    createStudent,
    deliver,
    post,

    /** @returns their ids */
    async createStudents(prefix: string, count: number): Promise<string[]> {
      const userIds = Array.from({ length: count }, (_, index) => `bench-${prefix}-${index}`);
      await repeat((index) => createStudent(userIds[index] ?? ""), count, 8);
      return userIds;
    },

    async buy(userId: string): Promise<void> {
      await post(userId);
      await waitFor(`${userId} is enrolled`, async () =>
        Boolean(await clients.readItem(`USER#${userId}`, `ENROLLMENT#${COURSE}`)),
      );
    },

    /** Resolves when no execution runs. */
    waitUntilIdle: () =>
      waitFor("no execution runs", async () => {
        const { executions = [] } = await clients.sfn.send(
          new ListExecutionsCommand({ stateMachineArn: STATE_MACHINE_ARN, statusFilter: "RUNNING" }),
        );
        return executions.length === 0;
      }),
  };
}
