/** Where adapters meet the rules that no function runs, but only operators' programs. */
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { MakePlanPorts } from "#workflow/dead-letters/plan.ts";
import type { RunPlanPorts } from "#workflow/dead-letters/run-plan.ts";
import type { DeadLetterQueue } from "#workflow/ports/queues.ts";
import type { AwsPlace } from "./adapters/aws-client.ts";
import { joinReads } from "./adapters/dynamodb/join-reads.ts";
import { createPlanStore } from "./adapters/dynamodb/plans.ts";
import { openTablePatiently, type Table } from "./adapters/dynamodb/table.ts";
import { createExecutionLookup, type ExecutionLookup } from "./adapters/step-functions/execution-lookup.ts";
import type { createPacedClient } from "./adapters/step-functions/pace.ts";
import { createPlannedExecutions } from "./adapters/step-functions/planned-executions.ts";
import type { DeadLetterSettings, StepPorts } from "./composition.ts";
import type { ReconcileSettings } from "./config.ts";
import { openStores } from "./store-composition.ts";

/** All but what signs it. */
export type PlanPorts = Omit<RunPlanPorts, "ledger"> & MakePlanPorts & Pick<ExecutionLookup, "findHistory">;
export type PlanSettings = DeadLetterSettings & Pick<ReconcileSettings, "EDUCATION_TABLE_NAME">;

/** @param client of Step Functions, which keeps within its pace */
export function composePlans(
  settings: PlanSettings,
  client: ReturnType<typeof createPacedClient>,
  queue: DeadLetterQueue,
  aws?: AwsPlace,
): PlanPorts {
  return {
    plans: createPlanStore(openTablePatiently(settings.EDUCATION_TABLE_NAME, aws)),
    executions: createPlannedExecutions(settings.STATE_MACHINE_ARN, client),
    findHistory: createExecutionLookup(settings.STATE_MACHINE_ARN, client).findHistory,
    queue,
    newId: () => randomUUID().slice(0, 8),
    pause: async (milliseconds) => pause(milliseconds),
    repeat(everyMs, work) {
      // One that fails is followed by the next; the plan is held for longer than between two.
      const timer = setInterval(() => void work().catch(() => {}), everyMs);
      return () => clearInterval(timer);
    },
    now: () => new Date(),
  };
}

/** The steps on a table that is tried on, with what else is outside for them. */
export const composeTriedSteps = (table: Table, outside: Pick<StepPorts, "payments" | "now">): StepPorts => ({
  ...openStores(joinReads(table)),
  ...outside,
});
