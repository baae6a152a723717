import { expect, test } from "vitest";
import { createPlanStore } from "#handlers/adapters/dynamodb/plans.ts";
import { useRealTable } from "#test/support/real-table.ts";
import type { Plan, PlanItem } from "#workflow/dead-letters/plan.ts";

const table = useRealTable();

const NONE = { closed: 0, failed: 0, left: 0 };
const planOf = (planId: string): Plan => ({
  planId,
  madeAt: "2026-11-23T12:00:00.000Z",
  about: "all",
  letters: 11,
  items: 11,
  counts: { redrive: 11 },
  definition: "digest",
  state: "made",
  progress: NONE,
});
const itemOf = (number: number): PlanItem => ({
  number,
  planned: "redrive",
  messageIds: [`m-${number}`],
  error: "CourseNotFound",
  sentAt: "2026-11-23T11:00:00.000Z",
  executionName: `evt_${number}`,
  redriveCount: 0,
  state: "planned",
});
const runBy = (runner: string, heldUntil: string) => ({ runner, reason: "mended", by: "jo", heldUntil });

test("a plan is kept with its items in their order, and the newest is listed first", async () => {
  const store = createPlanStore(table());
  const items = Array.from({ length: 11 }, (_, number) => itemOf(number));
  await store.createPlan(planOf("20261123-a"), items);
  await store.createPlan(planOf("20261124-b"), []);
  expect(await store.listItems("20261123-a")).toEqual(items);
  expect(await store.findPlan("20261123-a")).toEqual(planOf("20261123-a"));
  expect((await store.listPlans(10)).map(({ planId }) => planId)).toEqual(["20261124-b", "20261123-a"]);
  expect(await store.listPlans(1)).toHaveLength(1);
  expect(await store.findPlan("20261125-c")).toBeUndefined();
});

test("one at a time holds a plan, and whoever is silent loses it", async () => {
  const store = createPlanStore(table());
  await store.createPlan(planOf("p"), []);
  const [twelve, thirteen, fourteen] = ["12", "13", "14"].map((hour) => `2026-11-23T${hour}:00:00.000Z`) as [
    string,
    string,
    string,
  ];
  expect(await store.claimPlan("p", runBy("first", thirteen), twelve)).toBe(true);
  expect(await store.claimPlan("p", runBy("second", fourteen), twelve)).toBe(false);
  expect(await store.holdPlan("p", "first", thirteen, { ...NONE, closed: 1 })).toBe(true);
  expect(await store.claimPlan("p", runBy("second", fourteen), thirteen)).toBe(true);
  expect(await store.holdPlan("p", "first", fourteen, NONE)).toBe(false);
  await store.letGo("p", "first", twelve, true, NONE);
  expect(await store.findPlan("p")).toMatchObject({
    state: "running",
    runner: "second",
    heldUntil: fourteen,
  });
  await store.letGo("p", "second", twelve, true, NONE);
  expect(await store.claimPlan("p", runBy("third", fourteen), fourteen)).toBe(false);
  expect(await store.claimPlan("nobody's", runBy("third", fourteen), fourteen)).toBe(false);
});

test("an item is begun once, and says how it ended", async () => {
  const store = createPlanStore(table());
  await store.createPlan(planOf("p"), [itemOf(0)]);
  const entry = { id: "entry", at: "2026-11-23T12:00:00.000Z" };
  expect(await store.beginItem("p", 0, entry)).toBe(true);
  expect(await store.beginItem("p", 0, { ...entry, id: "another" })).toBe(false);
  expect(await store.listItems("p")).toMatchObject([{ state: "begun", entry }]);
  await store.endItem("p", 0, { state: "failed", told: "evt_0: failed" });
  expect(await store.listItems("p")).toMatchObject([{ state: "failed", told: "evt_0: failed", entry }]);
});
