/** Where adapters meet rules, one function per Lambda but the API's. */
import { setTimeout as pause } from "node:timers/promises";
import type { NoteFailurePorts } from "#workflow/checkout/note-failure.ts";
import type { NotePaybackPorts } from "#workflow/checkout/note-payback.ts";
import type { RedriveDeadLettersPorts } from "#workflow/dead-letters/redrive.ts";
import type { DecidePorts } from "#workflow/decide/decide.ts";
import type { LoadPurchasePorts } from "#workflow/decide/load-purchase.ts";
import type { ErasePorts } from "#workflow/erase/erase.ts";
import type { Executions } from "#workflow/ports/executions.ts";
import type { PaymentEventReader } from "#workflow/ports/payments.ts";
import type { PersonalDataStore } from "#workflow/ports/personal-data.ts";
import type { DeadLetterQueue, OverflowQueue } from "#workflow/ports/queues.ts";
import type { PurchaseStore, StudentStore } from "#workflow/ports/stores.ts";
import type { SweepPorts } from "#workflow/reconcile/sweep.ts";
import type { CloseCheckoutPorts } from "#workflow/steps/close-checkout.ts";
import type { ValidateSessionPorts } from "#workflow/steps/validate-session.ts";
import type { WriteEnrollmentPorts } from "#workflow/steps/write-enrollment.ts";
import type { AwsPlace } from "./adapters/aws-client.ts";
import { createAccounts } from "./adapters/cognito/accounts.ts";
import { createDeliveryRecords } from "./adapters/dynamodb/deliveries.ts";
import { joinReads } from "./adapters/dynamodb/join-reads.ts";
import { createPersonalData, type PersonalItems } from "./adapters/dynamodb/personal-data.ts";
import { createPurchaseStore } from "./adapters/dynamodb/purchases.ts";
import { createSweepStore } from "./adapters/dynamodb/sweep.ts";
import { openTable } from "./adapters/dynamodb/table.ts";
import { eachInTime } from "./adapters/in-time.ts";
import { once } from "./adapters/once.ts";
import { longestOf, PATIENCE } from "./adapters/patience.ts";
import { type CopyOutcome, copySigningSecret } from "./adapters/secrets-manager/copy-signing-secret.ts";
import { openSecretStore } from "./adapters/secrets-manager/secret-store.ts";
import { createSigningSecretReader } from "./adapters/secrets-manager/signing-secret.ts";
import { createDeadLetterQueue } from "./adapters/sqs/dead-letter-queue.ts";
import { createAllExecutions } from "./adapters/step-functions/all-executions.ts";
import { createExecutions, createPatientClient } from "./adapters/step-functions/executions.ts";
import { createPacedClient } from "./adapters/step-functions/pace.ts";
import { createStripeSessions } from "./adapters/stripe/checkout-sessions.ts";
import { openStripe, openStripeInPace, openStripeSessions } from "./adapters/stripe/open.ts";
import { createStripePaymentRecords } from "./adapters/stripe/payment-records.ts";
import { createStripeEventReader } from "./adapters/stripe/webhook-events.ts";
import type {
  CopySigningSecretSettings,
  OverflowQueueSettings,
  ReconcileSettings,
  StepSettings,
  WebhookSettings,
} from "./config.ts";
import { openStores } from "./store-composition.ts";

const now = () => new Date();

export const composePreSignUp = () => ({ accounts: createAccounts() });
export type PreSignUpPorts = ReturnType<typeof composePreSignUp>;

export interface WebhookPorts {
  events: PaymentEventReader;
  executions: Pick<Executions, "startExecution">;
  overflow: OverflowQueue;
}

export function composeWebhook(settings: WebhookSettings): WebhookPorts {
  const overflow = once(async () => {
    const { createOverflowQueue } = await import("./adapters/sqs/overflow-queue.ts");
    return createOverflowQueue(settings.OVERFLOW_QUEUE_URL);
  });
  return {
    events: createStripeEventReader(
      createSigningSecretReader(settings.SIGNING_SECRET_ID),
      settings.DEPLOYMENT_NAME,
    ),
    // To start one can take several calls, and what they cannot do together in time waits in the overflow queue.
    executions: eachInTime(createExecutions(settings.STATE_MACHINE_ARN), longestOf(PATIENCE.webhook), "SFN"),
    overflow: { enqueue: async (event) => (await overflow()).enqueue(event) },
  };
}

export interface CopySigningSecretPorts {
  /** Rejects when Secrets Manager cannot be asked, or holds what cannot be used. */
  copy: () => Promise<CopyOutcome>;
  pause: (milliseconds: number) => Promise<unknown>;
}

export function composeCopySigningSecret(settings: CopySigningSecretSettings): CopySigningSecretPorts {
  const names = { from: settings.STRIPE_SECRET_ID, to: settings.SIGNING_SECRET_ID };
  return {
    copy: () => copySigningSecret(openSecretStore({}, PATIENCE.request), names),
    pause: async (milliseconds) => pause(milliseconds),
  };
}

export interface OverflowQueuePorts extends NotePaybackPorts {
  executions: Pick<Executions, "startExecution">;
}

export function composeOverflowQueue(settings: OverflowQueueSettings): OverflowQueuePorts {
  return {
    executions: createExecutions(settings.STATE_MACHINE_ARN, createPatientClient({}, PATIENCE.overflow)),
    purchases: createPurchaseStore(openTable(settings.EDUCATION_TABLE_NAME)),
    payments: openStripeSessions(settings, PATIENCE.checkout),
  };
}

export type StepPorts = ValidateSessionPorts &
  Omit<WriteEnrollmentPorts, "onOtherLeftOpen" | "onWritten"> &
  CloseCheckoutPorts &
  NoteFailurePorts & {
    students: Pick<StudentStore, "linkCustomer">;
    purchases: Pick<PurchaseStore, "noteDoublePayment">;
  };

export function composeSteps(
  settings: StepSettings,
  table = openTable(settings.EDUCATION_TABLE_NAME),
): StepPorts {
  return {
    ...openStores(joinReads(table)),
    payments: openStripeSessions(settings, PATIENCE.expiry),
    now,
  };
}

/** For the scheduled function and for `npm run reconcile` alike. @param isOnlyRead nothing of what differs is to be repaired */
export function composeReconcile(
  settings: ReconcileSettings,
  client = createPacedClient(),
  isOnlyRead = false,
): SweepPorts {
  const { STATE_MACHINE_ARN, DEPLOYMENT_NAME } = settings;
  const stripe = openStripeInPace(settings, PATIENCE.records);
  const table = { ...openTable(settings.EDUCATION_TABLE_NAME), isOnlyRead };
  return {
    ...openStores(table),
    deliveries: createDeliveryRecords(table),
    sweeps: createSweepStore(table),
    payments: {
      ...createStripePaymentRecords(stripe, DEPLOYMENT_NAME),
      ...createStripeSessions(stripe, DEPLOYMENT_NAME),
    },
    executions: createAllExecutions(STATE_MACHINE_ARN, client),
    pause: async (milliseconds) => pause(milliseconds),
    now,
  };
}

export type DecisionPorts = DecidePorts & LoadPurchasePorts;
export type DecisionSettings = Omit<ReconcileSettings, "STATE_MACHINE_ARN">;

/** For what operators decide. @param isOnlyRead what would come of it is only shown */
export function composeDecisions(settings: DecisionSettings, isOnlyRead = false): DecisionPorts {
  return {
    ...openStores({ ...openTable(settings.EDUCATION_TABLE_NAME), isOnlyRead }),
    payments: createStripeSessions(openStripe(settings, PATIENCE.records), settings.DEPLOYMENT_NAME),
    now,
  };
}

export type ErasurePorts = ErasePorts & { personalData: PersonalDataStore & PersonalItems };

/** For what students ask of an operator: a copy of their data, and that they go. */
export function composeErasures(
  settings: DecisionSettings & Pick<DeadLetterSettings, "DEAD_LETTER_QUEUE_URL">,
): ErasurePorts {
  return {
    personalData: createPersonalData(openTable(settings.EDUCATION_TABLE_NAME)),
    payments: createStripeSessions(openStripe(settings, PATIENCE.records), settings.DEPLOYMENT_NAME),
    letters: createDeadLetterQueue(settings.DEAD_LETTER_QUEUE_URL),
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

/** For `npm run dead-letters`, the console and the game day alike. @param client of Step Functions, where it is shared */
export function composeDeadLetters(
  settings: DeadLetterSettings,
  aws?: AwsPlace,
  client = createPatientClient(aws),
): DeadLetterPorts {
  return {
    queue: createDeadLetterQueue(settings.DEAD_LETTER_QUEUE_URL, aws),
    executions: createAllExecutions(settings.STATE_MACHINE_ARN, client),
    pause: async (milliseconds) => pause(milliseconds),
    now,
  };
}
