import { expect, test } from "vitest";
import { DEFINITION_MUTANTS } from "../mutants/definition-mutants.ts";
import { exploreScenario } from "./explore.ts";
import { readScenarios } from "./scenarios.ts";

const [sameEvent, , twoSessions] = readScenarios();

test("every order of two deliveries of one event ends well", { timeout: 120_000 }, async () => {
  if (!sameEvent) throw new Error("There is no scenario.");
  const { states, ends, violations } = await exploreScenario({ ...sameEvent, crashes: 0 }, () => undefined);
  expect(violations).toEqual([]);
  expect(states).toBeGreaterThan(20);
  expect(ends).toBeGreaterThan(0);
});

test("going through every order finds a planted bug", { timeout: 120_000 }, async () => {
  const swallowing = DEFINITION_MUTANTS.find(({ name }) => name.startsWith("DoublePayment"));
  if (!twoSessions || !swallowing) throw new Error("There is no such scenario or bug.");
  const spoiled = { ...twoSessions, parts: swallowing.spoil(twoSessions.parts), crashes: 0, redrives: 0 };
  const { violations } = await exploreScenario(spoiled, () => undefined);
  expect(violations.map(({ promise }) => promise)).toContain(4);
});
