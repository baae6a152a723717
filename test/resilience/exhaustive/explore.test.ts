import { expect, test } from "vitest";
import { DECISION_MUTANTS } from "../mutants/decision-mutants.ts";
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

const moved = readScenarios().find(({ name }) => name === "moved while a sweep looks");

test("every order of an operator's move and a sweep ends well", { timeout: 120_000 }, async () => {
  if (!moved) throw new Error("There is no scenario.");
  const { states, violations, cut } = await exploreScenario(moved, () => undefined);
  expect({ violations, cut }).toEqual({ violations: [], cut: 0 });
  expect(states).toBeGreaterThan(300);
});

test("going through every order finds what a decision has left behind", { timeout: 120_000 }, async () => {
  const keeping = DECISION_MUTANTS.find(({ name }) => name.startsWith("a place that is moved stays"));
  if (!moved || !keeping) throw new Error("There is no such scenario or bug.");
  const spoiled = { ...moved, parts: keeping.spoil(moved.parts), sweeps: 0 };
  const { violations } = await exploreScenario(spoiled, () => undefined);
  expect(violations.map(({ promise }) => promise)).toContain(7);
});

test("going through every order finds a planted bug", { timeout: 120_000 }, async () => {
  const swallowing = DEFINITION_MUTANTS.find(({ name }) => name.startsWith("DoublePayment"));
  if (!twoSessions || !swallowing) throw new Error("There is no such scenario or bug.");
  const spoiled = { ...twoSessions, parts: swallowing.spoil(twoSessions.parts), crashes: 0, redrives: 0 };
  const { violations } = await exploreScenario(spoiled, () => undefined);
  expect(violations.map(({ promise }) => promise)).toContain(4);
});
