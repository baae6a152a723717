/** What the parts of a deployment are called. */
import { mapSteps, type StepHandler } from "./steps.ts";

export const PRODUCTION = "production";

/** The production stage has the plain names, which the one-machine deployment uses too; others carry their stage. */
export function nameParts(stage: string) {
  const suffix = stage === PRODUCTION ? "" : `-${stage}`;
  const named = (name: string) => `bursar-${name}${suffix}`;
  return {
    deployment: `bursar${suffix}`,
    table: named("education"),
    stateMachine: named("enrollment"),
    overflowQueue: named("webhook-queue"),
    deadLetterQueue: named("dead-letter-queue"),
    stripeSecret: `learnermax/stripe${suffix}`,
    /** Not of the form `learnermax/stripe-…`, which is another stage's. */
    signingSecret: `learnermax/signing-secret${suffix}`,
    /** A key of Stripe's that may only read, for whoever only looks. */
    lookingKey: `learnermax/looking-key${suffix}`,
    functions: {
      webhook: named("webhook"),
      api: named("api"),
      copySigningSecret: named("copy-signing-secret"),
      overflowQueue: named("webhook-queue-consumer"),
      ...nameSteps(named),
      reconcile: named("reconcile"),
      preToken: named("pre-token"),
      preSignUp: named("pre-sign-up"),
    },
  };
}

/** @throws Error when it is no state machine of this product's */
export function stageOfStateMachine(arn: string): string {
  const name = arn.split(":").at(-1) ?? "";
  if (name === nameParts(PRODUCTION).stateMachine) return PRODUCTION;
  const [, stage] = /^bursar-enrollment-(.+)$/.exec(name) ?? [];
  if (!stage) throw new Error(`${name} is not a state machine of a deployment of Bursar.`);
  return stage;
}

export type Names = ReturnType<typeof nameParts>;

/** By the handler, e.g. `linkCustomer` is `bursar-link-customer`. */
function nameSteps(named: (name: string) => string): Record<StepHandler, string> {
  const names = mapSteps(({ handler }) => [handler, named(inKebabCase(handler))]);
  return Object.fromEntries(Object.values(names)) as Record<StepHandler, string>;
}

const inKebabCase = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** @returns e.g. `Bursar-Data` or `Bursar-staging-Data` */
export function stackName(stage: string, part: string): string {
  return stage === PRODUCTION ? `Bursar-${part}` : `Bursar-${stage}-${part}`;
}
