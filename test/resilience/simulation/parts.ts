/** What is shipped and under test here. A mutant is this with one thing spoiled. */
import type { SFNClient } from "@aws-sdk/client-sfn";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { createCourseStore } from "#handlers/adapters/dynamodb/courses.ts";
import { createDeliveryRecords } from "#handlers/adapters/dynamodb/deliveries.ts";
import { createEnrollmentStore } from "#handlers/adapters/dynamodb/enrollments.ts";
import { createOpenCheckoutStore } from "#handlers/adapters/dynamodb/open-checkouts.ts";
import { createPurchaseStore } from "#handlers/adapters/dynamodb/purchases.ts";
import { createStudentStore } from "#handlers/adapters/dynamodb/students.ts";
import { createSweepStore } from "#handlers/adapters/dynamodb/sweep.ts";
import type { Table } from "#handlers/adapters/dynamodb/table.ts";
import { createDeadLetterQueue } from "#handlers/adapters/sqs/dead-letter-queue.ts";
import { createOverflowQueue } from "#handlers/adapters/sqs/overflow-queue.ts";
import { createAllExecutions } from "#handlers/adapters/step-functions/all-executions.ts";
import { createStripeCheckout } from "#handlers/adapters/stripe/checkout-sessions.ts";
import { createStripePaymentRecords } from "#handlers/adapters/stripe/payment-records.ts";
import { createStripeEventReader } from "#handlers/adapters/stripe/webhook-events.ts";
import { createApi } from "#handlers/api.ts";
import { createOverflowQueueConsumer } from "#handlers/overflow-queue.ts";
import { createReconcile } from "#handlers/reconcile.ts";
import { createSteps } from "#handlers/steps.ts";
import { createWebhook } from "#handlers/webhook.ts";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { redriveDeadLetters } from "#workflow/dead-letters/redrive.ts";
import { decide } from "#workflow/decide/decide.ts";
import { type Definition, readShippedDefinition } from "../states/definition.ts";
import { DEAD_LETTER_QUEUE, OVERFLOW_QUEUE } from "./queues.ts";

export interface Parts {
  definition: Definition;
  createExecutions(client: SFNClient): Executions;
  createDeadLetterQueue(client: SQSClient): ReturnType<typeof createDeadLetterQueue>;
  createOverflowQueue(client: SQSClient): ReturnType<typeof createOverflowQueue>;
  createStores(table: Table): ReturnType<typeof createStores>;
  createEventReader: typeof createStripeEventReader;
  createPayments: typeof createStripeCheckout;
  createPaymentRecords: typeof createStripePaymentRecords;
  createWebhook: typeof createWebhook;
  createOverflowQueueConsumer: typeof createOverflowQueueConsumer;
  createSteps: typeof createSteps;
  createApi: typeof createApi;
  createReconcile: typeof createReconcile;
  decide: typeof decide;
  redriveDeadLetters: typeof redriveDeadLetters;
}

export type Executions = ReturnType<typeof createAllExecutions>;

export type Stores = ReturnType<typeof createStores>;

function createStores(table: Table) {
  return {
    courses: createCourseStore(table, () => undefined),
    students: createStudentStore(table),
    enrollments: createEnrollmentStore(table),
    openCheckouts: createOpenCheckoutStore(table),
    purchases: createPurchaseStore(table),
    deliveries: createDeliveryRecords(table),
    sweeps: createSweepStore(table),
  };
}

export function readShippedParts(): Parts {
  return {
    definition: readShippedDefinition(),
    createExecutions: (client) => createAllExecutions(STATE_MACHINE_ARN, client),
    createDeadLetterQueue: (client) => createDeadLetterQueue(DEAD_LETTER_QUEUE, undefined, client),
    createOverflowQueue: (client) => createOverflowQueue(OVERFLOW_QUEUE, client),
    createStores,
    createEventReader: createStripeEventReader,
    createPayments: createStripeCheckout,
    createPaymentRecords: createStripePaymentRecords,
    createWebhook,
    createOverflowQueueConsumer,
    createSteps,
    createApi,
    createReconcile,
    decide,
    redriveDeadLetters,
  };
}
