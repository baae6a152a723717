import { describe, expect, test } from "vitest";
import { ALARMS } from "#infra/deployment/alarms.ts";
import type { ScenarioResult } from "#infra/local/game-day/game-day.ts";
import { createHappenings } from "#infra/local/game-day/happenings.ts";
import type { Tools } from "#infra/local/game-day/tools.ts";
import { runNpmCommand } from "#test/support/run-npm-command.ts";

/** A stack of its own and up to two of its hours; generous, since others use the machine too. */
const PATIENT = 300_000;
/** For what takes long each has a stack of its own. */
const SLOW = ["time-runs-out", "sweep-fails"];

const loud = createHappenings({} as Tools).filter(({ alarms }) => alarms.length > 0);
const quick = loud.map(({ name }) => name).filter((name) => !SLOW.includes(name));

test("a game day has something that sets off each alarm", () => {
  const alarms = loud.flatMap((one) => one.alarms);
  expect([...new Set(alarms)].toSorted()).toEqual(Object.keys(ALARMS).toSorted());
});

describe.concurrent("each alarm goes off when what it watches is broken, and what was broken is mended", () => {
  test.each([quick, ...SLOW.map((name) => [name])].map((names) => [names.length, names] as const))(
    "%i of them",
    async (_count, names) => {
      const { stdout } = await runNpmCommand("game-day", ["--json", "--patience", "150", "--only", ...names]);
      const { scenarios } = JSON.parse(stdout) as { scenarios: ScenarioResult[] };
      expect(scenarios.map(({ name, missing }) => [name, missing])).toEqual(
        names.map((name) => [name, undefined]),
      );
      const wanted = names.map((name) => loud.find((one) => one.name === name)?.alarms.join(", "));
      const gone = scenarios.map(({ steps }) => steps.find(({ step }) => step === "alarm")?.detail);
      expect(gone).toEqual(wanted);
    },
    PATIENT,
  );
});
