import { describe, expect, test } from "vitest";
import { paymentEvent } from "#test/support/payment-events.ts";
import { PlanRefused } from "#workflow/dead-letters/claim-plan.ts";
import { ReasonRefused } from "#workflow/ledger/entry.ts";
import { createWorld, Killed, letterIn, letterOf, type World } from "./use-plan.ts";

const NAMES = ["evt_1", "evt_2", "evt_3", "evt_4"];

/** Of every kind: two that are redriven, one in vain; one started afresh, one that is mended already, one never started. */
function createMixedWorld(): World {
  const never = letterIn(JSON.stringify(paymentEvent({ eventId: "evt_never" })), "m-never");
  const world = createWorld([...NAMES.map((name) => letterOf(name)), never], NAMES);
  // Another redrive would succeed, and show.
  Object.assign(world.executions.get("evt_2") ?? {}, { ends: ["failed"] });
  Object.assign(world.executions.get("evt_3") ?? {}, { isPastRedrive: true });
  Object.assign(world.executions.get("evt_4") ?? {}, { status: "succeeded" });
  return world;
}

async function planMixed(): Promise<{ world: World; planId: string }> {
  const world = createMixedWorld();
  await world.startProcess().executions.findStandings([]);
  return { world, planId: await world.plan() };
}

const redrivesIn = ({ executions }: World) =>
  Object.fromEntries(
    [...executions].map(([name, { status, redriveCount }]) => [name, `${status} ${redriveCount}`]),
  );

const MENDED = {
  evt_1: "succeeded 1",
  evt_2: "failed 1",
  evt_3: "failed 0",
  "evt_3-r1": "succeeded 0",
  evt_4: "succeeded 0",
  evt_never: "succeeded 0",
};

test("a plan that is run redrives, starts and closes all of its items, and signs each", async () => {
  const { world, planId } = await planMixed();
  const items = await world.run(planId);
  expect(items.map(({ state }) => state)).toEqual(["closed", "failed", "closed", "closed", "closed"]);
  expect(redrivesIn(world)).toEqual(MENDED);
  expect([...world.queue.keys()]).toEqual(["m-evt_2"]);
  expect(world.plans.get(planId)).toMatchObject({
    state: "over",
    progress: { closed: 4, failed: 1, left: 0 },
  });
  const [intent] = world.ledger;
  expect(intent).toMatchObject({ action: "plan", about: [planId], reason: "mended", by: "jo" });
  const begun = world.ledger.filter((row) => "action" in row);
  expect(begun.map(({ action }) => action).sort()).toEqual([
    "plan",
    "redrive",
    "redrive",
    "redrive",
    "redrive",
    "remove",
  ]);
  expect(begun.every(({ about }) => about.includes(planId))).toBe(true);
  expect(world.ledger.filter((row) => "endedAt" in row && row.isDone)).toHaveLength(4);
});

describe.each([true, false])("a process that is killed, its last call done: %s", (isDone) => {
  test("leaves what another one goes on with: each execution is redriven and started once, at whichever call it was", async () => {
    const first = await planMixed();
    const whole = first.world.startProcess();
    await first.world.run(first.planId, whole);
    for (let killedAt = 1; killedAt < whole.calls(); killedAt += 1) {
      const { world, planId } = await planMixed();
      await world.run(planId, world.startProcess(killedAt, isDone)).catch((error: unknown) => {
        if (!(error instanceof Killed) && !/LedgerAway/.test(String(error))) throw error;
      });
      world.wait(11_000);
      await world.run(planId).catch((error: unknown) => {
        // It was all done but for being said so.
        if (!(error instanceof PlanRefused)) throw error;
      });
      expect(redrivesIn(world), `killed at ${killedAt}`).toEqual(MENDED);
      expect([...world.queue.keys()], `killed at ${killedAt}`).toEqual(["m-evt_2"]);
      expect(world.plans.get(planId)?.state).toBe("over");
    }
  });
});

test("a plan that somebody holds is nobody else's, until they have been silent for ten seconds", async () => {
  const { world, planId } = await planMixed();
  await world.run(planId, world.startProcess(20)).catch(() => {});
  await expect(world.run(planId)).rejects.toThrow("is being run by somebody else");
  world.wait(11_000);
  // For the reason that it was given.
  await expect(world.run(planId, world.startProcess(), "")).resolves.toHaveLength(5);
  expect(world.plans.get(planId)?.reason).toBe("mended");
  await expect(world.run(planId)).rejects.toThrow("was run already");
});

test.each(["", "ada@example.com asked"])(
  "without a reason that can stand (%s) nothing is done",
  async (reason) => {
    const { world, planId } = await planMixed();
    await expect(world.run(planId, world.startProcess(), reason)).rejects.toBeInstanceOf(ReasonRefused);
    expect([world.plans.get(planId)?.state, world.ledger, world.queue.size]).toEqual(["made", [], 5]);
  },
);

test("a plan for a definition that was replaced since is refused", async () => {
  const { world, planId } = await planMixed();
  world.definition = "another";
  await expect(world.run(planId)).rejects.toThrow(/was changed since this plan was made/);
  expect(world.ledger).toEqual([]);
});

test("an execution that fails again keeps its letter, and the others go on", async () => {
  const world = createWorld([letterOf("evt_1"), letterOf("evt_2")], ["evt_1", "evt_2"]);
  Object.assign(world.executions.get("evt_1") ?? {}, { ends: ["failed"] });
  const items = await world.run(await world.plan());
  expect(items.map(({ state, told }) => [state, told])).toEqual([
    ["failed", "evt_1: failed"],
    ["closed", "evt_2: succeeded"],
  ]);
  expect([...world.queue.keys()]).toEqual(["m-evt_1"]);
});

test("what somebody else has redriven since, and has failed again, is not redriven once more", async () => {
  const world = createWorld([letterOf("evt_1")], ["evt_1"]);
  const planId = await world.plan();
  Object.assign(world.executions.get("evt_1") ?? {}, { redriveCount: 1 });
  await world.startProcess().executions.findStandings([]);
  const items = await world.run(planId);
  expect(items).toMatchObject([{ state: "failed", told: "evt_1: has failed again since the plan was made" }]);
  expect(world.executions.get("evt_1")?.redriveCount).toBe(1);
});

test("an event whose letter has gone since is not started, and that is said at once", async () => {
  const never = letterIn(JSON.stringify(paymentEvent({ eventId: "evt_never" })), "m-never");
  const world = createWorld([never], []);
  const planId = await world.plan();
  world.queue.clear();
  await expect(world.run(planId)).resolves.toMatchObject([
    { state: "left", told: expect.stringContaining("is not to be read") as string },
  ]);
  expect([...world.executions.keys()]).toEqual([]);
});

test("an execution that never ends is left, and its letter stays", async () => {
  const world = createWorld([letterOf("evt_1")], ["evt_1"]);
  const ports = world.startProcess();
  const { findStandings } = ports.executions;
  const planId = await world.plan();
  ports.executions.findStandings = async (names) =>
    new Map(
      [...(await findStandings(names))].map(([name, one]) => [name, { ...one, status: "running" as const }]),
    );
  await expect(world.run(planId, ports)).resolves.toMatchObject([{ state: "left", told: "evt_1: running" }]);
  expect(world.queue.size).toBe(1);
});

test("a letter that somebody else has in hand is tried again, and then left and said so", async () => {
  const world = createWorld([letterOf("evt_1")], ["evt_1"]);
  const ports = world.startProcess();
  ports.queue.receiveDeadLetters = async () => [];
  await expect(world.run(await world.plan(), ports)).resolves.toMatchObject([
    { state: "left", told: "evt_1: succeeded; somebody else has its letter in hand" },
  ]);
});

test("at most twenty-five are begun in a second", async () => {
  const names = Array.from({ length: 60 }, (_, index) => `evt_${index}`);
  const world = createWorld(
    names.map((name) => letterOf(name)),
    names,
  );
  const ports = world.startProcess();
  const begun = new Map<number, number>();
  const { redriveOnce } = ports.executions;
  ports.executions.redriveOnce = async (...args) => {
    const second = Math.floor(ports.now().getTime() / 1_000);
    begun.set(second, (begun.get(second) ?? 0) + 1);
    return redriveOnce(...args);
  };
  await world.run(await world.plan(), ports);
  expect([...begun.values()]).toEqual([25, 25, 10]);
});
