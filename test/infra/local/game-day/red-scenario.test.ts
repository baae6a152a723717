import { expect, test } from "vitest";
import type { Drill, Scenario } from "#infra/local/game-day/game-day.ts";
import { playEach } from "#infra/local/game-day/run-game-day.ts";
import type { Tools } from "#infra/local/game-day/tools.ts";
import type { WatchedAlarms } from "#infra/local/game-day/watched-alarms.ts";

/** What is broken is a word in a set; no alarm is waited for. */
function createWorld() {
  const broken = new Set<string>();
  const letters = new Set<string>();
  const tools = {
    mend: async () => void broken.delete("aws"),
    stripe: { turnKnobs: async () => void broken.delete("stripe") },
    table: { name: "table", client: { send: async () => void broken.delete("course") } },
    operator: { clearLetters: async () => letters.clear() },
    newStudent: async () => ({}),
    openCheckout: async () => ({ checkoutSessionId: "cs_test_1", pay: async () => "cs_test_1" }),
    waitForEnrollment: async () => "2026-11-26T12:00:00.000Z",
  } as unknown as Tools;
  const watched = {
    watch: { listAlarms: () => [{ alarmId: "DeadLetters", state: "OK" }] },
    patienceMs: 1,
  } as unknown as WatchedAlarms;

  /** Goes red wherever something is broken already. */
  const look = async () => {
    if (broken.size + letters.size > 0) throw new Error(`broken already: ${[...broken, ...letters].join()}`);
  };
  const fail = async () => {
    throw new Error("made to fail");
  };
  const after: Drill = { name: "after", breaks: "", alarms: [], breakIt: look, mendIt: async () => "" };
  const play = async (one: Drill | Scenario) =>
    (
      await playEach([one, after], tools, watched, { onScenario: () => undefined, onStep: () => undefined })
    ).map(({ missing }) => missing?.reason);
  return { broken, letters, fail, play };
}

const EVERYTHING = ["aws", "stripe", "course", "its own"];

test.each(["prepare", "breakIt", "mendIt"] as const)(
  "a drill whose %s fails leaves nothing broken to the one after it",
  async (where) => {
    const { broken, letters, fail, play } = createWorld();
    async function breakAll() {
      for (const one of EVERYTHING) broken.add(one);
      letters.add("letter");
    }
    let isFirst = true;
    const mendIt = async () => {
      if (where === "mendIt" && isFirst) {
        isFirst = false;
        await fail();
      }
      broken.delete("its own");
    };
    const failing = async () => (await breakAll(), await fail());
    const drill: Drill = { name: "red", breaks: "", alarms: [], breakIt: breakAll, mendIt };
    const red = where === "mendIt" ? drill : { ...drill, [where]: failing };
    expect(await play(red)).toEqual(["made to fail", undefined]);
  },
);

test("a scenario that fails leaves nothing broken to the one after it, also when it cannot be mended its own way", async () => {
  const { broken, letters, fail, play } = createWorld();
  const scenario: Scenario = {
    name: "red",
    breaks: "",
    alarms: [],
    isDeadLetter: false,
    async breakDependency() {
      for (const one of EVERYTHING.slice(0, 3)) broken.add(one);
      letters.add("letter");
    },
    whenPaid: fail,
    mendIt: fail,
  };
  expect(await play(scenario)).toEqual(["made to fail", undefined]);
});
