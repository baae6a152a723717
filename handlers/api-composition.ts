/**
 * Where adapters meet the rules of the API. In a file of its own: what another Lambda's function here imported at once would be
 * loaded at once in this bundle too, however late the API asks for it.
 */
import type { FollowCheckoutPorts } from "#workflow/checkout/follow.ts";
import type { EnrollPorts } from "#workflow/enroll/enroll.ts";
import type { PaymentProvider } from "#workflow/ports/payments.ts";
import type { CourseStore, EnrollmentStore, PurchaseStore, StudentStore } from "#workflow/ports/stores.ts";
import { createLimitStore } from "./adapters/dynamodb/limits.ts";
import { openTable } from "./adapters/dynamodb/table.ts";
import { once } from "./adapters/once.ts";
import { openStripeCheckout } from "./adapters/stripe/open.ts";
import { type ClientPage, openClientPage } from "./client-shell.ts";
import type { ApiSettings } from "./config.ts";
import { openStores } from "./store-composition.ts";

const now = () => new Date();

export interface ApiPorts
  extends ClientPage,
    Omit<EnrollPorts, "onOtherLeftOpen">,
    Omit<FollowCheckoutPorts, "purchases" | "onLimitsAway"> {
  courses: CourseStore;
  students: StudentStore;
  enrollments: EnrollmentStore;
  purchases: PurchaseStore;
  payments: PaymentProvider;
}

export function composeApi(
  settings: ApiSettings,
  table = openTable(settings.EDUCATION_TABLE_NAME),
): ApiPorts {
  // Only a purchase that is settled and not yet enrolled is followed up.
  const executions = once(async () =>
    (await import("./adapters/step-functions/executions.ts")).createExecutions(settings.STATE_MACHINE_ARN),
  );
  return {
    ...openStores(table),
    limits: createLimitStore(table),
    executions: {
      ensureExecution: async (event) => (await executions()).ensureExecution(event),
      findExecutionStatus: async (name) => (await executions()).findExecutionStatus(name),
    },
    payments: openStripeCheckout(settings),
    ...openClientPage(settings.CLIENT_URL, now),
    now,
  };
}
