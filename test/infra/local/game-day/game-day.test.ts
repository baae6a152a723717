import { expect, test } from "vitest";
import { type ScenarioResult, STEPS } from "#infra/local/game-day/game-day.ts";
import { runNpmCommand } from "#test/support/run-npm-command.ts";

const play = async (...words: string[]) => {
  const { code, stdout } = await runNpmCommand("game-day", ["--json", ...words]);
  const { scenarios } = JSON.parse(stdout) as { scenarios: ScenarioResult[] };
  return { code, scenarios };
};

test("a game day sees alarm, dead letter, mend, redrive and enrollment, and ends with 0", async () => {
  const { code, scenarios } = await play("--only", "course-removed", "nothing-stores");
  expect(scenarios.map(({ missing }) => missing)).toEqual([undefined, undefined]);
  expect(scenarios[0]?.steps.map(({ step }) => step)).toEqual(STEPS.slice(0, -1));
  expect(scenarios[1]?.steps.map(({ step }) => step)).toEqual(["paid", "alarm", "mended", "enrolled"]);
  expect(code).toBe(0);
}, 90_000);

test("what people change calls nobody: the student is enrolled, and what was withdrawn stays so", async () => {
  const quiet = ["price-changed", "course-retired", "customer-deleted", "stripe-keeps-500", "foreign-sales"];
  const { code, scenarios } = await play("--only", ...quiet, "refund-and-bookmark");
  expect(scenarios.map(({ missing }) => missing).filter(Boolean)).toEqual([]);
  expect(scenarios.map(({ steps }) => steps.map(({ step }) => step))).toEqual([
    ...quiet.map(() => ["paid", "enrolled"]),
    ["paid", "enrolled", "withdrawn"],
  ]);
  expect(code).toBe(0);
}, 90_000);

test("a game day without the catcher misses the alarm, and ends with 1", async () => {
  const { code, scenarios } = await play("--only", "course-removed", "--patience", "4", "--break-catcher");
  expect(scenarios[0]?.missing).toMatchObject({ step: "alarm" });
  expect(code).toBe(1);
}, 90_000);
