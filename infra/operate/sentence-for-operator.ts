/** What went wrong, for whoever operates: of what AWS denies, which role has it. */
import { explainDenied, readDenied } from "#infra/command-line/explain-aws.ts";
import { sentenceFor } from "#infra/command-line/sentence-for.ts";
import { findRoleWith, type OperatorRole } from "#infra/deployment/operators.ts";
import { LedgerAway } from "#workflow/ledger/keep-ledger.ts";

const CURES: Record<OperatorRole, string> = {
  looking:
    "The role that looks has that permission, and the one that repairs: LookingRoleArn and RepairingRoleArn in the deployment's outputs.",
  repairing: "Only the role that repairs has that permission: RepairingRoleArn in the deployment's outputs.",
};

/** Where whoever only looks would have to read the key with which everything can be done at Stripe. */
const NO_LOOKING_KEY =
  "To look, a key of Stripe's that may only read is enough: STRIPE_LOOKING_KEY=rk_... npm run stripe:setup stores one.";

export function sentenceForOperator(error: unknown): string {
  if (error instanceof LedgerAway) return `${error.message} ${sentenceForOperator(error.cause)}`;
  const denied = error instanceof Error ? readDenied(error) : undefined;
  const role = denied?.action ? findRoleWith(denied.action, denied.resource) : undefined;
  if (!denied || !role) return sentenceFor(error);
  const isAboutKey = role === "repairing" && denied.action === "secretsmanager:GetSecretValue";
  return explainDenied(denied, isAboutKey ? `${CURES.repairing} ${NO_LOOKING_KEY}` : CURES[role]);
}
