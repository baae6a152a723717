/** The executions that run in this process, each until its end, its time is over, somebody stops it or all of them rest. */
import { type AbortReason, driveExecution, type Machine } from "#infra/states-language/drive-execution.ts";
import type { Execution } from "#infra/states-language/execution.ts";
import type { ExecutionRecord } from "#infra/states-language/execution-record.ts";
import type { TaskServices } from "#infra/states-language/task-service.ts";
import type { Leave } from "./places.ts";

interface RunningExecution {
  abort(reason: AbortReason): void;
  done: Promise<void>;
}

/** @param machineOf with the definition that the execution runs */
export function createRunningExecutions(machineOf: (execution: Execution) => Machine) {
  const running = new Map<string, RunningExecution>();
  let closing = false;

  function report(name: string, error: unknown) {
    // It stays RUNNING; the next start resumes it.
    if (!closing) console.error(`Execution ${name} came to a halt: ${String(error)}`);
  }

  return {
    isRunning: (name: string) => running.has(name),

    /** @param leave called when it is over, or when it has failed and pauses before the next attempt */
    run(record: ExecutionRecord, leave: Leave): void {
      if (closing) return leave();
      const { name, startedAt, redrivenAt } = record.execution;
      const machine = machineOf(record.execution);
      const controller = new AbortController();
      const cancelTimeout = abortAtTimeout(
        controller,
        redrivenAt ?? startedAt,
        machine.loaded.timeoutSeconds,
      );
      const execution: RunningExecution = {
        abort: (reason) => controller.abort(reason),
        done: driveExecution(
          { ...machine, tasks: whenFailed(machine.tasks, leave) },
          record,
          controller.signal,
        )
          .catch((error: unknown) => report(name, error))
          .finally(() => {
            cancelTimeout();
            leave();
            if (running.get(name) === execution) running.delete(name);
          }),
      };
      running.set(name, execution);
    },

    /** Resolves when it does nothing any more; at once, if it is not running. */
    async abort(name: string, reason: AbortReason): Promise<void> {
      const execution = running.get(name);
      execution?.abort(reason);
      await execution?.done;
    },

    /** Leaves all of them to the next start. */
    async close(): Promise<void> {
      closing = true;
      const executions = [...running.values()];
      for (const execution of executions) execution.abort({ kind: "close" });
      await Promise.all(executions.map(({ done }) => done));
    },
  };
}

/** @returns the services, which tell of a call that fails */
function whenFailed(tasks: TaskServices, tell: () => void): TaskServices {
  const telling = Object.entries(tasks).map(([resource, service]) => {
    const call: typeof service.call = async (parameters) => {
      try {
        return await service.call(parameters);
      } catch (error) {
        tell();
        throw error;
      }
    };
    return [resource, { ...service, call }];
  });
  return Object.fromEntries(telling) as TaskServices;
}

/** @returns what takes the timeout back */
function abortAtTimeout(controller: AbortController, since: number, timeoutSeconds: number | undefined) {
  if (timeoutSeconds === undefined) return () => undefined;
  const remainingMs = Math.max(0, since + timeoutSeconds * 1000 - Date.now());
  const timer = setTimeout(() => controller.abort({ kind: "timeout" } satisfies AbortReason), remainingMs);
  return () => clearTimeout(timer);
}
