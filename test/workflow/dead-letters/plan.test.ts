import { expect, test } from "vitest";
import { paymentEvent } from "#test/support/payment-events.ts";
import { createWorld, letterIn, letterOf } from "./use-plan.ts";

test("a plan says what it would do about each purchase, and does nothing yet", async () => {
  const letters = [
    ...["evt_failed", "evt_too_old", "evt_changed", "evt_mended", "evt_at_work", "evt_forgotten"].map(
      (name) => letterOf(name),
    ),
    letterIn(JSON.stringify(paymentEvent({ eventId: "evt_never" })), "m-never"),
    letterIn("garbage", "m-garbage"),
  ];
  const world = createWorld(letters, [
    "evt_failed",
    "evt_too_old",
    "evt_changed",
    "evt_mended",
    "evt_at_work",
  ]);
  Object.assign(world.executions.get("evt_too_old") ?? {}, { isPastRedrive: true });
  Object.assign(world.executions.get("evt_changed") ?? {}, { runs: "old" });
  Object.assign(world.executions.get("evt_mended") ?? {}, { status: "succeeded" });
  Object.assign(world.executions.get("evt_at_work") ?? {}, { status: "running", ends: ["failed"] });
  // Lists tell how it was when they were asked for last.
  await world.startProcess().executions.findStandings([]);
  Object.assign(world.executions.get("evt_at_work") ?? {}, { status: "running" });
  const planId = await world.plan();
  const items = world.items.get(planId) ?? [];
  expect(
    items.map(({ planned, executionName, freshName, told }) => [planned, executionName, freshName, told]),
  ).toEqual([
    ["redrive", "evt_failed", "evt_failed-r1", undefined],
    ["fresh", "evt_too_old", "evt_too_old-r1", undefined],
    ["fresh", "evt_changed", "evt_changed-r1", undefined],
    ["close", "evt_mended", "evt_mended-r1", undefined],
    ["follow", "evt_at_work", "evt_at_work-r1", undefined],
    ["nothing", undefined, undefined, expect.stringContaining("knows its execution no more")],
    ["start", "evt_never", undefined, undefined],
    ["nothing", undefined, undefined, expect.stringContaining("close it")],
  ]);
  expect(world.plans.get(planId)).toMatchObject({
    state: "made",
    letters: 8,
    counts: { redrive: 1, fresh: 2, close: 1, follow: 1, start: 1, nothing: 2 },
  });
  expect([world.queue.size, world.ledger]).toEqual([8, []]);
  expect(JSON.stringify([items, world.plans.get(planId)])).not.toContain("user-ada");
});

test("letters of an execution, and of those that took its place, are one item", async () => {
  const world = createWorld(
    [letterOf("evt_1", "m1"), letterOf("evt_1", "m2"), letterOf("evt_1-r1", "m3")],
    ["evt_1"],
  );
  const [item, ...others] = world.items.get(await world.plan()) ?? [];
  expect([item?.messageIds, others]).toEqual([["m1", "m2", "m3"], []]);
});

test("what was sent after the plan was made is not of it", async () => {
  const world = createWorld([letterOf("evt_1")], ["evt_1", "evt_2"]);
  const planId = await world.plan();
  const later = letterOf("evt_2");
  world.queue.set(later.messageId, later);
  await world.run(planId);
  expect([...world.queue.keys()]).toEqual(["m-evt_2"]);
  expect(world.executions.get("evt_2")).toMatchObject({ status: "failed", redriveCount: 0 });
});
