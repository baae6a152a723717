/** How long Lambda lets each function run, in seconds. */
import type { FunctionId } from "#infra/deployment/metrics.ts";
import { OVERFLOW_CONSUMER } from "#infra/deployment/queues.ts";
import { SIGNING_SECRET_COPY } from "#infra/deployment/signing-secret-copy.ts";
import { STEPS } from "#infra/deployment/steps.ts";
import { TIMEOUT_SECONDS } from "#infra/deployment/timeouts.ts";

export const TIME_LIMITS_SECONDS: Record<FunctionId, number> = {
  webhook: TIMEOUT_SECONDS.webhook,
  api: TIMEOUT_SECONDS.api,
  reconcile: TIMEOUT_SECONDS.reconcile,
  preToken: TIMEOUT_SECONDS.trigger,
  preSignUp: TIMEOUT_SECONDS.trigger,
  overflowQueue: OVERFLOW_CONSUMER.timeoutSeconds,
  copySigningSecret: SIGNING_SECRET_COPY.timeoutSeconds,
  validateSession: STEPS.ValidateSession.timeoutSeconds,
  writeEnrollment: STEPS.WriteEnrollment.timeoutSeconds,
  linkCustomer: STEPS.LinkCustomer.timeoutSeconds,
  closeCheckout: STEPS.CloseCheckout.timeoutSeconds,
};
