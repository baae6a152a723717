/** What is shipped and under test here. A mutant is this with one thing spoiled. */
import type { SFNClient } from "@aws-sdk/client-sfn";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { createCourseStore } from "#handlers/adapters/dynamodb/courses.ts";
import { createEnrollmentStore } from "#handlers/adapters/dynamodb/enrollments.ts";
import { createOpenCheckoutStore } from "#handlers/adapters/dynamodb/open-checkouts.ts";
import { createPurchaseStore } from "#handlers/adapters/dynamodb/purchases.ts";
import { createStudentStore } from "#handlers/adapters/dynamodb/students.ts";
import type { Table } from "#handlers/adapters/dynamodb/table.ts";
import { createOverflowQueue } from "#handlers/adapters/sqs/overflow-queue.ts";
import { createExecutions } from "#handlers/adapters/step-functions/executions.ts";
import { createStripeCheckout } from "#handlers/adapters/stripe/checkout-sessions.ts";
import { createStripeEventReader } from "#handlers/adapters/stripe/webhook-events.ts";
import { createApi } from "#handlers/api.ts";
import { createOverflowQueueConsumer } from "#handlers/overflow-queue.ts";
import { createSteps } from "#handlers/steps.ts";
import { createWebhook } from "#handlers/webhook.ts";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { type Definition, readShippedDefinition } from "../states/definition.ts";
import { OVERFLOW_QUEUE } from "./queues.ts";

export interface Parts {
  definition: Definition;
  createExecutions(client: SFNClient): ReturnType<typeof createExecutions>;
  createOverflowQueue(client: SQSClient): ReturnType<typeof createOverflowQueue>;
  createStores(table: Table): ReturnType<typeof createStores>;
  createEventReader: typeof createStripeEventReader;
  createPayments: typeof createStripeCheckout;
  createWebhook: typeof createWebhook;
  createOverflowQueueConsumer: typeof createOverflowQueueConsumer;
  createSteps: typeof createSteps;
  createApi: typeof createApi;
}

export type Stores = ReturnType<typeof createStores>;

function createStores(table: Table) {
  return {
    courses: createCourseStore(table, () => undefined),
    students: createStudentStore(table),
    enrollments: createEnrollmentStore(table),
    openCheckouts: createOpenCheckoutStore(table),
    purchases: createPurchaseStore(table),
  };
}

export function readShippedParts(): Parts {
  return {
    definition: readShippedDefinition(),
    createExecutions: (client) => createExecutions(STATE_MACHINE_ARN, client),
    createOverflowQueue: (client) => createOverflowQueue(OVERFLOW_QUEUE, client),
    createStores,
    createEventReader: createStripeEventReader,
    createPayments: createStripeCheckout,
    createWebhook,
    createOverflowQueueConsumer,
    createSteps,
    createApi,
  };
}
