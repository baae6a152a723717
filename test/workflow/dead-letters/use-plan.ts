/** A world of executions, letters, plans and a ledger in memory, for processes that can be killed at any of their calls. */

import { claimPlan } from "#workflow/dead-letters/claim-plan.ts";
import { makePlan, type Plan, type PlanItem } from "#workflow/dead-letters/plan.ts";
import { type DeadLetter, readDeadLetter } from "#workflow/dead-letters/read.ts";
import { type RunPlanPorts, runPlan } from "#workflow/dead-letters/run-plan.ts";
import type { Intent, Outcome } from "#workflow/ledger/entry.ts";
import { keepLedger } from "#workflow/ledger/keep-ledger.ts";
import type { ExecutionStatus, PlannedExecutions } from "#workflow/ports/executions.ts";
import type { PlanStore } from "#workflow/ports/plans.ts";
import type { DeadLetterQueue } from "#workflow/ports/queues.ts";

interface FakeExecution {
  status: ExecutionStatus;
  redriveCount: number;
  tokens: string[];
  isPastRedrive?: boolean;
  runs?: string;
  /** How its next attempts end, first things first; succeeded when nothing is said. */
  ends?: ("succeeded" | "failed")[];
}

export class Killed extends Error {}

export function letterOf(
  executionName: string,
  messageId = `m-${executionName}`,
  error = "CourseNotFound",
): DeadLetter {
  const body = {
    eventId: executionName,
    executionArn: `arn:aws:states:x:0:execution:bursar:${executionName}`,
    checkoutSessionId: `cs_${executionName}`,
    paymentIntentId: null,
    userId: "user-ada",
    courseId: "C-1",
    error,
    cause: "{}",
  };
  return letterIn(JSON.stringify(body), messageId);
}

export const letterIn = (body: string, messageId: string) =>
  readDeadLetter(body, {
    messageId,
    receiptHandle: `handle-${messageId}`,
    sentAt: "2026-11-23T12:00:00.000Z",
  });

export type World = ReturnType<typeof createWorld>;

export function createWorld(letters: DeadLetter[], failed: string[]) {
  const executions = new Map<string, FakeExecution>(
    failed.map((name) => [name, { status: "failed", redriveCount: 0, tokens: [] }]),
  );
  const queue = new Map(letters.map((letter) => [letter.messageId, letter]));
  const plans = new Map<string, Plan>();
  const items = new Map<string, PlanItem[]>();
  const ledger: (Intent | Outcome)[] = [];
  let time = Date.parse("2026-11-23T13:00:00.000Z");
  let ids = 0;
  /** What lists say: how it was when somebody looked last. */
  let listed = structuredClone(executions);

  const itemOf = (planId: string, number: number) => items.get(planId)?.[number] as PlanItem;
  const store: PlanStore = {
    createPlan: async (plan, made) => {
      items.set(plan.planId, structuredClone(made));
      plans.set(plan.planId, plan);
    },
    findPlan: async (planId) => plans.get(planId),
    listPlans: async () => [...plans.values()].reverse(),
    listItems: async (planId) => structuredClone(items.get(planId) ?? []),
    claimPlan: async (planId, run, now) => {
      const plan = plans.get(planId) as Plan;
      if (plan.state !== "made" && (plan.state !== "running" || (plan.heldUntil ?? "") > now)) return false;
      plans.set(planId, { ...plan, ...run, state: "running" });
      return true;
    },
    holdPlan: async (planId, runner, heldUntil) => {
      const plan = plans.get(planId) as Plan;
      if (plan.runner === runner) plans.set(planId, { ...plan, heldUntil });
      return plan.runner === runner;
    },
    letGo: async (planId, runner, heldUntil, isOver, progress) => {
      const plan = plans.get(planId) as Plan;
      if (plan.runner === runner)
        plans.set(planId, { ...plan, heldUntil, progress, state: isOver ? "over" : "running" });
    },
    beginItem: async (planId, number, entry) => {
      const item = itemOf(planId, number);
      if (item.state !== "planned") return false;
      Object.assign(item, { state: "begun", entry });
      return true;
    },
    endItem: async (planId, number, end) => void Object.assign(itemOf(planId, number), end),
  };

  const states: PlannedExecutions = {
    async findStandings(names) {
      const shown = listed;
      listed = structuredClone(executions);
      for (const execution of executions.values())
        if (execution.status === "running") execution.status = execution.ends?.shift() ?? "succeeded";
      return new Map(
        names.flatMap((name) => {
          const fresh = `${name}-r1`;
          const found = [fresh, name].find((one) => shown.has(one)) ?? "";
          const execution = shown.get(found);
          if (!execution) return [];
          const { status, redriveCount, isPastRedrive = false } = execution;
          const standing = { executionName: found, status, redriveCount, isPastRedrive, startedAt: "" };
          return [[name, { ...standing, freshName: shown.has(fresh) ? undefined : fresh }]];
        }),
      );
    },
    findReplaced: async (some) =>
      new Set(
        some.map(({ executionName }) => executionName).filter((name) => executions.get(name)?.runs === "old"),
      ),
    readDefinitionDigest: async () => world.definition,
    findExecution: async (name) => executions.get(name),
    async redriveOnce(name, token) {
      const execution = executions.get(name);
      if (execution?.tokens.includes(token)) return true;
      if (execution?.status !== "failed" || execution.isPastRedrive) return false;
      Object.assign(execution, { status: "running", redriveCount: execution.redriveCount + 1 });
      execution.tokens.push(token);
      return true;
    },
    async startOnce(name) {
      if (executions.has(name)) return false;
      executions.set(name, { status: "running", redriveCount: 0, tokens: [] });
      return true;
    },
  };

  const deadLetters: DeadLetterQueue = {
    receiveDeadLetters: async () => [...queue.values()],
    peekDeadLetters: async () => [...queue.values()],
    countDeadLetters: async () => queue.size,
    deleteDeadLetters: async (gone) => gone.forEach(({ messageId }) => queue.delete(messageId)),
    releaseDeadLetters: async () => {},
  };

  /** @param killedAt the number of the call that it does not live to see the end of; afterwards nothing of it is done */
  function startProcess(killedAt = Infinity, isDone = true): RunPlanPorts & { calls: () => number } {
    let calls = 0;
    const mortal = <Port extends object>(port: Port): Port =>
      Object.fromEntries(
        Object.entries(port).map(([name, call]) => [
          name,
          async (...args: unknown[]) => {
            calls += 1;
            if (calls > killedAt || (calls === killedAt && !isDone)) throw new Killed();
            const result: unknown = await (call as (...all: unknown[]) => Promise<unknown>)(...args);
            if (calls >= killedAt) throw new Killed();
            return result;
          },
        ]),
      ) as Port;
    const newId = () => `id-${(ids += 1)}`;
    const now = () => new Date(time);
    return {
      calls: () => calls,
      plans: mortal(store),
      executions: mortal(states),
      queue: mortal(deadLetters),
      ledger: keepLedger({
        store: mortal({ append: async (row: Intent | Outcome) => void ledger.push(row) }),
        findCaller: async () => "jo",
        via: "command",
        newId,
        now,
      }),
      newId,
      now,
      pause: async (milliseconds) => void (time += milliseconds),
      repeat: () => () => {},
    };
  }

  const world = {
    definition: "digest",
    executions,
    queue,
    ledger,
    plans,
    items,
    store,
    startProcess,
    wait: (milliseconds: number) => void (time += milliseconds),

    async plan(): Promise<string> {
      const { plan, items: made } = await makePlan([...queue.values()], "all", startProcess());
      await store.createPlan(plan, made);
      return plan.planId;
    },

    async run(
      planId: string,
      ports = startProcess(),
      reason: string | undefined = "mended",
    ): Promise<PlanItem[]> {
      return runPlan(await claimPlan(planId, reason, ports), ports);
    },
  };
  return world;
}
