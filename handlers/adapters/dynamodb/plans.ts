/** Plans for dead letters in the table: a row for each, and one for each of its items. */
import { planItemSchema, planSchema } from "#workflow/dead-letters/plan.ts";
import { mapConcurrently } from "#workflow/map-concurrently.ts";
import type { PlanStore } from "#workflow/ports/plans.ts";
import { readItem } from "./read-item.ts";
import { getItem, keys, putItem, queryAll, queryEach, type Table, updateItemIf } from "./table.ts";

/** Letters are kept for 14 days, and executions for 90. */
const KEPT_SECONDS = 90 * 24 * 60 * 60;

export function createPlanStore(table: Table): PlanStore {
  return {
    /** The plan comes last: one that is there is whole. */
    async createPlan(plan, items) {
      const forgetAt = Math.floor(Date.parse(plan.madeAt) / 1_000) + KEPT_SECONDS;
      await mapConcurrently(items, (item) =>
        putItem(table, { ...keys.planItem(plan.planId, item.number), ...item, forgetAt }),
      );
      await putItem(table, { ...keys.plan(plan.planId), ...plan, forgetAt });
    },

    async findPlan(planId) {
      const item = await getItem(table, keys.plan(planId));
      return item ? readItem(planSchema, item) : undefined;
    },

    async listPlans(most) {
      const plans = [];
      const query = {
        KeyConditionExpression: "PK = :plans",
        ExpressionAttributeValues: { ":plans": keys.plan("").PK },
        ScanIndexForward: false,
        Limit: most,
        ConsistentRead: true,
      };
      for await (const item of queryEach(table, query)) {
        if (plans.push(readItem(planSchema, item)) === most) break;
      }
      return plans;
    },

    async listItems(planId) {
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :plan",
        ExpressionAttributeValues: { ":plan": keys.planItem(planId, 0).PK },
        ConsistentRead: true,
      });
      return items.map((item) => readItem(planItemSchema, item));
    },

    claimPlan: (planId, run, now) =>
      updateItemIf(
        table,
        keys.plan(planId),
        { set: { ...run, state: "running" } },
        "#state = :made OR (#state = :state AND #heldUntil <= :now)",
        { ":made": "made", ":now": now },
      ),

    holdPlan: (planId, runner, heldUntil, progress) =>
      updateItemIf(table, keys.plan(planId), { set: { heldUntil, progress } }, "runner = :runner", {
        ":runner": runner,
      }),

    async letGo(planId, runner, heldUntil, isOver, progress) {
      const set = { heldUntil, progress, state: isOver ? "over" : "running" };
      await updateItemIf(table, keys.plan(planId), { set }, "runner = :runner", { ":runner": runner });
    },

    beginItem: (planId, number, entry) =>
      updateItemIf(
        table,
        keys.planItem(planId, number),
        { set: { entry, state: "begun" } },
        "#state = :planned",
        { ":planned": "planned" },
      ),

    async endItem(planId, number, end) {
      await updateItemIf(table, keys.planItem(planId, number), { set: { ...end } }, "attribute_exists(PK)");
    },
  };
}
