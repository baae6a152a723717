/** Lambda: invokes the handlers, counts what becomes of it, and fails where a fault is set. */
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { FunctionId, MetricName } from "#infra/deployment/metrics.ts";
import { NAMES } from "../names.ts";
import type { Faults } from "./faults.ts";
import { TIME_LIMITS_SECONDS } from "./time-limits.ts";

/** In the words of Step Functions for what Lambda answers when a function may not run more often. */
export class FunctionThrottled extends Error {
  override name = "Lambda.TooManyRequestsException";
  constructor() {
    const told = `Status Code: 429; Error Code: TooManyRequestsException; Request ID: ${randomUUID()}`;
    super(`Rate Exceeded. (Service: AWSLambda; ${told}; Proxy: null)`);
  }
}

/** The function's process is gone, with whatever it was about to do. */
export class FunctionDied extends Error {
  override name = "Runtime.ExitError";
}

class FunctionTimedOut extends FunctionDied {
  override name = "Sandbox.Timedout";
}

// A handler is called with whatever its caller has for it.
// oxlint-disable-next-line typescript/no-explicit-any
type Handler = (...given: any[]) => Promise<unknown>;

export type Lambda = ReturnType<typeof createLambda>;

/** @param record told of errors and throttles, as CloudWatch counts them */
export function createLambda(
  faults: Pick<Faults, "findFault">,
  record: (metric: MetricName) => void,
  wait: (milliseconds: number) => Promise<unknown> = pause,
) {
  /** @returns the function as others invoke it; a fault's target is `Lambda.` with its deployed name */
  return function deploy<Deployed extends Handler>(id: FunctionId, handler: Deployed): Deployed {
    const invoke: Handler = async (...given) => {
      const fault = faults.findFault(`Lambda.${NAMES.functions[id]}`);
      if (fault?.kind === "throttle") {
        record(`throttles:${id}`);
        throw new FunctionThrottled();
      }
      if (fault?.kind === "delay") await wait(fault.delayMs ?? 0);
      try {
        if (fault?.kind === "refuse")
          throw new FunctionDied("A fault was set: the function's process ended.");
        if (fault?.kind === "hang") await hang(id, wait);
        return await handler(...given);
      } catch (error) {
        record(`errors:${id}`);
        if (error instanceof FunctionDied) record(`crashes:${id}`);
        throw error;
      }
    };
    return invoke as Deployed;
  };
}

/** @throws FunctionTimedOut once its time is over */
async function hang(id: FunctionId, wait: (milliseconds: number) => Promise<unknown>): Promise<never> {
  const seconds = TIME_LIMITS_SECONDS[id];
  await wait(seconds * 1000);
  throw new FunctionTimedOut(`Task timed out after ${seconds.toFixed(2)} seconds`);
}
