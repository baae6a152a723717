/** The executions that run in this process, each until its end, its time is over, somebody stops it or all of them rest. */
import { type AbortReason, driveExecution, type Machine } from "#infra/states-language/drive-execution.ts";
import type { Execution } from "#infra/states-language/execution.ts";
import type { ExecutionRecord } from "#infra/states-language/execution-record.ts";

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

    run(record: ExecutionRecord): void {
      if (closing) return;
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
        done: driveExecution(machine, record, controller.signal)
          .catch((error: unknown) => report(name, error))
          .finally(() => {
            cancelTimeout();
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

/** @returns what takes the timeout back */
function abortAtTimeout(controller: AbortController, since: number, timeoutSeconds: number | undefined) {
  if (timeoutSeconds === undefined) return () => undefined;
  const remainingMs = Math.max(0, since + timeoutSeconds * 1000 - Date.now());
  const timer = setTimeout(() => controller.abort({ kind: "timeout" } satisfies AbortReason), remainingMs);
  return () => clearTimeout(timer);
}
