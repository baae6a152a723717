/** The Lambda functions of one machine as targets of a fault, in words for people. */
import type { FunctionId } from "#infra/deployment/metrics.ts";
import { nameParts, PRODUCTION } from "#infra/deployment/names.ts";
import { mapSteps, type StepHandler } from "#infra/deployment/steps.ts";

const steps = Object.fromEntries(
  Object.values(mapSteps(({ handler }, state) => [handler, `step ${state}`])),
) as Record<StepHandler, string>;

const WORDS: Record<FunctionId, string> = {
  webhook: "Stripe's webhook",
  api: "students' API",
  ...steps,
  overflowQueue: "overflow queue's consumer",
  reconcile: "hourly reconciliation",
  copySigningSecret: "copy of the signing secret",
  preToken: "sign-in, completing tokens",
  preSignUp: "sign-up",
};

/** One machine has production's plain names. */
const { functions } = nameParts(PRODUCTION);

export const FUNCTION_TARGETS = (Object.keys(WORDS) as FunctionId[]).map((id): [string, string] => [
  `Lambda.${functions[id]}`,
  `Lambda: ${WORDS[id]}`,
]);
