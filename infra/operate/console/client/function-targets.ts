/** The Lambda functions as targets of a fault, in words for people. */
import type { FunctionId } from "#infra/deployment/metrics.ts";
import { nameParts, PRODUCTION } from "#infra/deployment/names.ts";

const WORDS: Record<FunctionId, string> = {
  webhook: "Stripe's webhook",
  api: "students' API",
  validateSession: "step ValidateSession",
  writeEnrollment: "step WriteEnrollment",
  linkCustomer: "step LinkCustomer",
  closeCheckout: "step CloseCheckout",
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
