/** Starts, stops, redrives and resumes executions: one request at a time for each of them. */
import { executionArnOf } from "#handlers/adapters/step-functions/names.ts";
import type { Machine } from "#infra/states-language/drive-execution.ts";
import type { Execution } from "#infra/states-language/execution.ts";
import { continueExecutionRecord, createExecutionRecord } from "#infra/states-language/execution-record.ts";
import {
  executionAborted,
  executionRedriven,
  executionStarted,
  type Failure,
  stateEntered,
} from "#infra/states-language/history-events.ts";
import { createKeyedLock } from "../../storage/keyed-lock.ts";
import { ServiceError } from "../wire.ts";
import type { ExecutionStore } from "./execution-store.ts";
import { executionDoesNotExist } from "./identity.ts";
import { createPlaces, type Leave } from "./places.ts";
import { whyNotRedrivable } from "./redrivable.ts";
import type { Target } from "./releases/qualified-arn.ts";
import type { Releases } from "./releases/releases.ts";
import { createRunningExecutions } from "./running-executions.ts";

export type Executions = ReturnType<typeof createExecutions>;

/** An execution runs the definition that it began with, whatever is deployed meanwhile. */
export function createExecutions(
  store: ExecutionStore,
  { identity, tasks, releases }: Pick<Machine, "identity" | "tasks"> & { releases: Releases },
) {
  const running = createRunningExecutions(({ definition }) => ({
    identity,
    tasks,
    loaded: releases.loadedOf(definition),
  }));
  const places = createPlaces();
  // Two requests for one name must not both find that it is free, or failed.
  const inTurn = createKeyedLock();

  async function findExecution(name: string): Promise<Execution> {
    const execution = await store.findExecution(name);
    if (!execution) throw executionDoesNotExist(executionArnOf(identity.arn, name));
    return execution;
  }

  async function createExecution(
    name: string,
    input: string,
    target: Target,
    leave: Leave,
  ): Promise<Execution> {
    const loaded = releases.loadedOf(target.definition);
    const startedAt = Date.now();
    const state = { name: loaded.startAt, input: JSON.parse(input), enteredAt: startedAt, enteredEventId: 2 };
    const type = loaded.states[loaded.startAt]?.Type ?? "Task";
    const record = await createExecutionRecord(
      store,
      {
        name,
        arn: executionArnOf(identity.arn, name),
        status: "RUNNING",
        ...target,
        input,
        startedAt,
        startOrder: store.nextStartOrder(startedAt),
        redriveCount: 0,
        state,
      },
      [executionStarted(input, identity.roleArn), stateEntered(type, state.name, state.input)],
    );
    running.run(record, leave);
    return record.execution;
  }

  /** What fails before it runs leaves its place at once. */
  async function inPlace<Result>(begin: (leave: Leave) => Promise<Result>): Promise<Result> {
    const leave = await places.enterSoon();
    try {
      return await begin(leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  async function resume(name: string): Promise<void> {
    const leave = await places.enter();
    await inTurn(name, async () => {
      const execution = await findExecution(name);
      // Somebody may have stopped it while it waited for its turn.
      if (execution.status !== "RUNNING" || running.isRunning(name)) return leave();
      running.run(continueExecutionRecord(store, execution), leave);
    });
  }

  /** One waits at a time, so that what is started meanwhile need not wait for all of them. */
  async function resumeInTurn(names: string[]): Promise<void> {
    for (const name of names) {
      await resume(name).catch((error: unknown) =>
        console.error(`Execution ${name} could not go on: ${String(error)}`),
      );
    }
  }

  async function redrive(execution: Execution, token: string | undefined, leave: Leave) {
    const redriveCount = execution.redriveCount + 1;
    const record = continueExecutionRecord(store, execution);
    await record.write([executionRedriven(redriveCount)], {
      status: "RUNNING",
      redriveCount,
      redrivenAt: Date.now(),
      redriveToken: token,
      stoppedAt: undefined,
      error: undefined,
      cause: undefined,
    });
    running.run(record, leave);
    return record.execution;
  }

  return {
    findExecution,

    /**
     * Stored when it resolves.
     * @returns the execution that runs already, when it has the same input
     * @throws ExecutionAlreadyExists, ThrottlingException
     */
    startExecution: (name: string, input: string, target: Target) =>
      inTurn(name, async () => {
        const existing = await store.findExecution(name);
        if (!existing) return inPlace((leave) => createExecution(name, input, target, leave));
        if (existing.status === "RUNNING" && existing.input === input) return existing;
        throw new ServiceError("ExecutionAlreadyExists", `Execution Already Exists: '${existing.arn}'`);
      }),

    /** @throws ExecutionDoesNotExist */
    stopExecution: (name: string, failure: Partial<Failure>) =>
      inTurn(name, async () => {
        await running.abort(name, { kind: "stop", ...failure });
        const execution = await findExecution(name);
        if (execution.status !== "RUNNING") return execution;
        // Nobody drives it: it waits to be resumed.
        const record = continueExecutionRecord(store, execution);
        const stopped = { status: "ABORTED", stoppedAt: Date.now(), ...failure } as const;
        await record.write([executionAborted(failure)], stopped);
        return record.execution;
      }),

    /**
     * Runs the state again at which the execution ended, with the input that it had.
     * @param token a second call with the token of the last redrive is that same redrive
     * @throws ExecutionNotRedrivable, ExecutionDoesNotExist, ThrottlingException
     */
    redriveExecution: (name: string, token: string | undefined) =>
      inTurn(name, async () => {
        const execution = await findExecution(name);
        if (token && execution.redriveToken === token) return execution;
        const reason = whyNotRedrivable(execution);
        if (reason) throw new ServiceError("ExecutionNotRedrivable", reason);
        return inPlace((leave) => redrive(execution, token, leave));
      }),

    /**
     * Each goes on as soon as there is a place for it.
     * @returns how many executions were running when the process ended
     */
    async resumeExecutions(): Promise<number> {
      const names = (await store.listRunningNames()).filter((name) => !running.isRunning(name));
      void resumeInTurn(names);
      return names.length;
    },

    /** Leaves the running executions to the next start. */
    close: () => running.close(),
  };
}
