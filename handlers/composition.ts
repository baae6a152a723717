/** Where adapters meet rules. One function per Lambda, so that each bundle carries only what it uses. */
import { setTimeout as pause } from "node:timers/promises";
import type { FollowCheckoutPorts } from "#workflow/checkout/follow.ts";
import type { RedriveDeadLettersPorts } from "#workflow/dead-letters/redrive.ts";
import type { EnrollPorts } from "#workflow/enroll/enroll.ts";
import type { Executions } from "#workflow/ports/executions.ts";
import type { PaymentEventReader, PaymentProvider } from "#workflow/ports/payments.ts";
import type { DeadLetterQueue, OverflowQueue } from "#workflow/ports/queues.ts";
import type {
  CourseStore,
  EnrollmentStore,
  OpenCheckoutStore,
  StudentStore,
} from "#workflow/ports/stores.ts";
import type { ReconcilePorts } from "#workflow/reconcile/find-drift.ts";
import type { RepairPorts } from "#workflow/reconcile/repair.ts";
import type { AwsPlace } from "./adapters/aws-client.ts";
import { createCourseStore } from "./adapters/dynamodb/courses.ts";
import { createEnrollmentStore } from "./adapters/dynamodb/enrollments.ts";
import { createOpenCheckoutStore } from "./adapters/dynamodb/open-checkouts.ts";
import { createSettledCheckoutStore } from "./adapters/dynamodb/settled-checkouts.ts";
import { createStudentStore } from "./adapters/dynamodb/students.ts";
import { openTable } from "./adapters/dynamodb/table.ts";
import { PATIENCE } from "./adapters/patience.ts";
import { createStripeSecretReader } from "./adapters/secrets-manager/stripe-secret.ts";
import { createDeadLetterQueue } from "./adapters/sqs/dead-letter-queue.ts";
import { createExecutionRecords } from "./adapters/step-functions/execution-records.ts";
import { createExecutions, createPatientClient } from "./adapters/step-functions/executions.ts";
import { createFailedExecutions } from "./adapters/step-functions/failed-executions.ts";
import { createStripeCheckout, createStripeSessions } from "./adapters/stripe/checkout-sessions.ts";
import { createStripeClient } from "./adapters/stripe/client.ts";
import { createStripePaymentRecords } from "./adapters/stripe/payment-records.ts";
import { createStripeEventReader } from "./adapters/stripe/webhook-events.ts";
import type {
  ApiSettings,
  OverflowQueueSettings,
  ReconcileSettings,
  StepSettings,
  WebhookSettings,
} from "./config.ts";
import { createLogger } from "./telemetry.ts";

const now = () => new Date();

/** For adapters that few requests need: a cold start does not wait for what the first such request loads. */
function once<Adapter>(load: () => Promise<Adapter>): () => Promise<Adapter> {
  let loaded: Promise<Adapter> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}

const reportUnreadable = (problem: string) =>
  createLogger("catalogue").error("unreadable course", { problem });

export interface WebhookPorts {
  events: PaymentEventReader;
  executions: Executions;
  overflow: OverflowQueue;
}

export function composeWebhook(settings: WebhookSettings): WebhookPorts {
  const overflow = once(async () => {
    const { createOverflowQueue } = await import("./adapters/sqs/overflow-queue.ts");
    return createOverflowQueue(settings.OVERFLOW_QUEUE_URL);
  });
  return {
    events: createStripeEventReader(createStripeSecretReader(settings.STRIPE_SECRET_ID)),
    executions: createExecutions(settings.STATE_MACHINE_ARN),
    overflow: { enqueue: async (event) => (await overflow()).enqueue(event) },
  };
}

export function composeOverflowQueue(settings: OverflowQueueSettings): { executions: Executions } {
  return { executions: createExecutions(settings.STATE_MACHINE_ARN, createPatientClient()) };
}

export interface StepPorts {
  stores: CourseStore & StudentStore;
  enrollments: EnrollmentStore;
  openCheckouts: OpenCheckoutStore;
  payments: Pick<PaymentProvider, "expireCheckout">;
  now: () => Date;
}

export function composeSteps(settings: StepSettings): StepPorts {
  const table = openTable(settings.EDUCATION_TABLE_NAME);
  const stripe = createStripeClient(
    createStripeSecretReader(settings.STRIPE_SECRET_ID),
    settings.STRIPE_API_BASE,
    PATIENCE.expiry,
  );
  return {
    stores: { ...createCourseStore(table, reportUnreadable), ...createStudentStore(table) },
    enrollments: createEnrollmentStore(table),
    openCheckouts: createOpenCheckoutStore(table),
    payments: createStripeSessions(stripe),
    now,
  };
}

export interface ApiPorts extends EnrollPorts, Pick<FollowCheckoutPorts, "settledCheckouts" | "executions"> {
  courses: CourseStore;
  students: StudentStore;
}

export function composeApi(settings: ApiSettings): ApiPorts {
  const table = openTable(settings.EDUCATION_TABLE_NAME);
  const stripe = createStripeClient(
    createStripeSecretReader(settings.STRIPE_SECRET_ID),
    settings.STRIPE_API_BASE,
    PATIENCE.checkout,
  );
  // Only a purchase that is settled and not yet enrolled is followed up.
  const executions = once(async () => {
    const { createExecutions: create } = await import("./adapters/step-functions/executions.ts");
    return create(settings.STATE_MACHINE_ARN);
  });
  return {
    courses: createCourseStore(table, reportUnreadable),
    students: createStudentStore(table),
    enrollments: createEnrollmentStore(table),
    openCheckouts: createOpenCheckoutStore(table),
    settledCheckouts: createSettledCheckoutStore(table),
    executions: { ensureExecution: async (event) => (await executions()).ensureExecution(event) },
    payments: createStripeCheckout(stripe, settings.CLIENT_URL),
    now,
  };
}

export type SweepPorts = ReconcilePorts & RepairPorts & { now: () => Date };

/** For the scheduled function and for `npm run reconcile` alike. */
export function composeReconcile(settings: ReconcileSettings): SweepPorts {
  const table = openTable(settings.EDUCATION_TABLE_NAME);
  const stripe = createStripeClient(
    createStripeSecretReader(settings.STRIPE_SECRET_ID),
    settings.STRIPE_API_BASE,
    PATIENCE.records,
  );
  const client = createPatientClient();
  return {
    payments: { ...createStripePaymentRecords(stripe), ...createStripeSessions(stripe) },
    courses: createCourseStore(table, reportUnreadable),
    enrollments: createEnrollmentStore(table),
    executions: {
      ...createExecutionRecords(settings.STATE_MACHINE_ARN, client),
      ...createExecutions(settings.STATE_MACHINE_ARN, client),
    },
    pause: async (milliseconds) => pause(milliseconds),
    now,
  };
}

export interface DeadLetterSettings {
  STATE_MACHINE_ARN: string;
  DEAD_LETTER_QUEUE_URL: string;
}

export interface DeadLetterPorts extends RedriveDeadLettersPorts {
  queue: DeadLetterQueue;
}

/**
 * For `npm run dead-letters`, the console and the game day alike.
 * @param aws where AWS is, when that is not what the environment says
 */
export function composeDeadLetters(settings: DeadLetterSettings, aws?: AwsPlace): DeadLetterPorts {
  const client = createPatientClient(aws);
  return {
    queue: createDeadLetterQueue(settings.DEAD_LETTER_QUEUE_URL, aws),
    executions: {
      ...createExecutions(settings.STATE_MACHINE_ARN, client),
      ...createFailedExecutions(settings.STATE_MACHINE_ARN, client),
    },
    pause: async (milliseconds) => pause(milliseconds),
    now,
  };
}
