import { expect, test } from "vitest";
import { nameParts, stackName } from "#infra/deployment/names.ts";

test("production has the plain names, which those who operate it know", () => {
  expect(nameParts("production")).toEqual({
    deployment: "bursar",
    table: "bursar-education",
    stateMachine: "bursar-enrollment",
    overflowQueue: "bursar-webhook-queue",
    deadLetterQueue: "bursar-dead-letter-queue",
    stripeSecret: "learnermax/stripe",
    signingSecret: "learnermax/signing-secret",
    lookingKey: "learnermax/looking-key",
    functions: {
      webhook: "bursar-webhook",
      api: "bursar-api",
      copySigningSecret: "bursar-copy-signing-secret",
      overflowQueue: "bursar-webhook-queue-consumer",
      validateSession: "bursar-validate-session",
      writeEnrollment: "bursar-write-enrollment",
      linkCustomer: "bursar-link-customer",
      closeCheckout: "bursar-close-checkout",
      reconcile: "bursar-reconcile",
      preToken: "bursar-pre-token",
      preSignUp: "bursar-pre-sign-up",
    },
  });
});

test("two stages share no name", () => {
  const staging = namesOf("staging");
  expect(staging.filter((name) => namesOf("production").includes(name))).toEqual([]);
  expect(new Set(staging).size).toBe(staging.length);
});

function namesOf(stage: string): string[] {
  const { functions, ...others } = nameParts(stage);
  return [...Object.values(functions), ...Object.values(others), stackName(stage, "Data")];
}
