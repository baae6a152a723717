import { expect, test } from "vitest";
import { MUTANTS, runMutant } from "./run-mutants.ts";

/** Each shows within few purchases; `npm run resilience -- --mutants` plants all of them. */
test.each([
  ["the gate is a Fail state", 3],
  ["whether it is settled is not asked", 2],
  ["DoublePayment is caught as if all were well", 4],
  ["the customer is linked without its condition", 5],
  ["executions are named after the session instead of the event", 1],
  ["what was paid is compared with the catalogue instead of the quote", 6],
  ["another deployment's sale is taken for ours", 2],
  ["name and address do not follow the sign-in", 5],
  ["the sweep redrives what has failed", 3],
  ["a place that is moved stays with whom it was", 7],
  ["the dead letter asks for ids that may be missing", 8],
  ["a failure is put into the input, which may be no object", 8],
  ["an answer of 200 before anything is stored", 9],
  ["the overflow queue is not waited for", 9],
  ["the overflow consumer reports no failures", 9],
  ["the sweep goes on past what could not be started", 9],
  ["WriteEnrollment does not look for a decision again", 7],
] as const)("the checker catches that %s by promise %i", { timeout: 120_000 }, async (name, promise) => {
  const index = MUTANTS.findIndex((mutant) => mutant.name === name);
  const { caughtBy } = await runMutant(index, 1, promise);
  expect(caughtBy).toContain(promise);
});

test("there are more than forty planted bugs, each with a name of its own", () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  expect(MUTANTS.length).toBeGreaterThan(40);
});
