/** The local engine's time: its pauses pass at once and are noted, and a Task's time is over when somebody says so. */

export interface EngineTime {
  /** Seconds before each retry, since the last call of this. */
  takePauses(): number[];
  /** Ends the time of the Task that runs. */
  endTask(): void;
  restore(): void;
}

const ENGINE = "aws-local-stepfunctions";

/** The engine asks no clock that could be given to it, so it is told by who sets a timer. */
export function takeOverEngineTime(): EngineTime {
  const { setTimeout: original } = globalThis;
  const { random } = Math;
  let pauses: number[] = [];
  let endOfTask: (() => void) | undefined;

  const replaced = (callback: () => void, ms = 0, ...rest: unknown[]) => {
    const [, , caller = ""] = new Error("who sets it").stack?.split("\n") ?? [];
    if (!caller.includes(ENGINE)) return original(callback, ms, ...(rest as []));
    if (caller.includes("TaskStateAction")) {
      endOfTask = callback;
      return original(callback, ms);
    }
    pauses.push(ms / 1000);
    return original(callback, 0);
  };
  globalThis.setTimeout = Object.assign(replaced, original) as typeof setTimeout;
  // Jitter takes the longest pause that it may.
  Math.random = () => 1 - Number.EPSILON;

  return {
    takePauses() {
      const taken = pauses;
      pauses = [];
      return taken;
    },
    endTask: () => endOfTask?.(),
    restore() {
      globalThis.setTimeout = original;
      Math.random = random;
    },
  };
}
