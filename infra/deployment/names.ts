/** What the parts of a deployment are called on AWS. */

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
    functions: {
      webhook: named("webhook"),
      api: named("api"),
      overflowQueue: named("webhook-queue-consumer"),
      validateSession: named("validate-session"),
      writeEnrollment: named("write-enrollment"),
      linkCustomer: named("link-customer"),
      closeCheckout: named("close-checkout"),
      reconcile: named("reconcile"),
      preToken: named("pre-token"),
    },
  } as const;
}

export type Names = ReturnType<typeof nameParts>;

/** @returns e.g. `Bursar-Data` or `Bursar-staging-Data` */
export function stackName(stage: string, part: string): string {
  return stage === PRODUCTION ? `Bursar-${part}` : `Bursar-${stage}-${part}`;
}
