/** How long Lambda lets each function run, in seconds. */
import type { FunctionId } from "#infra/deployment/metrics.ts";
import { OVERFLOW_CONSUMER } from "#infra/deployment/queues.ts";
import { SIGNING_SECRET_COPY } from "#infra/deployment/signing-secret-copy.ts";
import { mapSteps, type StepHandler } from "#infra/deployment/steps.ts";
import { TIMEOUT_SECONDS } from "#infra/deployment/timeouts.ts";

const steps = Object.fromEntries(
  Object.values(mapSteps(({ handler, timeoutSeconds }) => [handler, timeoutSeconds])),
) as Record<StepHandler, number>;

export const TIME_LIMITS_SECONDS: Record<FunctionId, number> = {
  webhook: TIMEOUT_SECONDS.webhook,
  api: TIMEOUT_SECONDS.api,
  reconcile: TIMEOUT_SECONDS.reconcile,
  preToken: TIMEOUT_SECONDS.trigger,
  preSignUp: TIMEOUT_SECONDS.trigger,
  overflowQueue: OVERFLOW_CONSUMER.timeoutSeconds,
  copySigningSecret: SIGNING_SECRET_COPY.timeoutSeconds,
  ...steps,
};
