/**
 * A process is one run of a handler. All that it waits for goes through `call`, where the call can fail in every way
 * and the process can end: what it would have done next is then never done.
 */
import type { Agenda } from "./agenda.ts";
import {
  createFault,
  hasEffect,
  isStop,
  isTriedAgain,
  type Outcome,
  SDK_ATTEMPTS,
  type Service,
} from "./faults.ts";
import { ModelGap } from "./model-gap.ts";

export interface Call {
  process: string;
  /** No two processes of a run have the same. */
  processNumber: number;
  service: Service;
  operation: string;
  /** Whether the process may end here. */
  mortal: boolean;
}

/** Decides when a call happens and what becomes of it. */
export interface Scheduler {
  agenda: Agenda;
  arrange(call: Call, perform: (outcome: Outcome) => void): void;
  /** Milliseconds after which the effect of a call that was given up still comes. */
  lateness(): number;
  /** @param failed attempts so far; @param error what the last one ended with */
  pauseBetweenAttempts(failed: number, error: unknown): number;
  /** Of one call, by its SDK; as the shipped clients of most functions are configured unless given. */
  attemptsOf?(process: string, service: Service): number;
  /** Told of a call that has reached its service, which may turn it away: the caller hears what this throws. */
  meet?(call: Call): void;
  /** Resolves when a caller stops waiting for a process. */
  patience(delayMs: number): Promise<"gave up">;
  /** Told what a process has heard, from which follows what it does next; undefined once it has ended. */
  notice?(processNumber: number, heard: string | undefined): void;
}

export interface Process {
  /** @param effect what the service does, at one moment */
  call<T>(service: Service, operation: string, effect: () => T): Promise<T>;
  /** Waits, in virtual time. */
  pause(delayMs: number): Promise<void>;
}

export type ProcessEnd<T> =
  | { kind: "returned"; value: T }
  | { kind: "threw"; error: unknown }
  | { kind: "stopped" };

export function createProcesses(scheduler: Scheduler) {
  let busy = 0;
  let started = 0;
  let gap: ModelGap | undefined;

  function settle<T>(effect: () => T): Settled<T> {
    try {
      return { ok: true, value: effect() };
    } catch (error) {
      if (error instanceof ModelGap) gap ??= error;
      return { ok: false, error };
    }
  }

  function meetAnd<T>(effect: () => T, call: Call): T {
    scheduler.meet?.(call);
    return effect();
  }

  function start<T>(
    name: string,
    main: (process: Process) => Promise<T>,
    { mortal = true } = {},
  ): Promise<ProcessEnd<T>> {
    let alive = true;
    let waiting = 0;
    started += 1;
    const processNumber = started;
    scheduler.notice?.(processNumber, name);
    let end: (end: ProcessEnd<T>) => void = () => undefined;
    const ended = new Promise<ProcessEnd<T>>((resolve) => {
      end = resolve;
    });

    function wait(change: 1 | -1) {
      if (alive && waiting === 0) busy -= 1;
      waiting += change;
      if (alive && waiting === 0) busy += 1;
    }

    function finish(result: ProcessEnd<T>) {
      if (!alive) return;
      if (waiting === 0) busy -= 1;
      alive = false;
      scheduler.notice?.(processNumber, undefined);
      end(result);
    }

    function attempt<R>(service: Service, operation: string, effect: () => R): Promise<R> {
      return new Promise((resolve, reject) => {
        wait(1);
        const call = { process: name, processNumber, service, operation, mortal: mortal && alive };
        scheduler.arrange(call, (outcome) => {
          const result = hasEffect(outcome) ? settle(() => meetAnd(effect, call)) : undefined;
          if (outcome === "late-effect") scheduler.agenda.after(scheduler.lateness(), () => settle(effect));
          if (isStop(outcome)) finish({ kind: "stopped" });
          wait(-1);
          if (!alive) return;
          scheduler.notice?.(processNumber, `${operation} ${outcome} ${JSON.stringify(result)}`);
          if (outcome !== "answered") reject(createFault(service, outcome));
          else if (result?.ok) resolve(result.value);
          else reject(result?.error);
        });
      });
    }

    const self: Process = {
      async call(service, operation, effect) {
        for (let attempts = 1; ; attempts += 1) {
          try {
            return await attempt(service, operation, effect);
          } catch (error) {
            const most = scheduler.attemptsOf?.(name, service) ?? SDK_ATTEMPTS[service];
            if (!isTriedAgain(error) || attempts >= most) throw error;
            await self.pause(scheduler.pauseBetweenAttempts(attempts, error));
          }
        }
      },
      async pause(delayMs) {
        wait(1);
        await scheduler.agenda.sleep(delayMs);
        wait(-1);
        // What has ended goes on with nothing.
        if (!alive) await new Promise(() => undefined);
      },
    };

    busy += 1;
    main(self).then(
      (value) => finish({ kind: "returned", value }),
      (error: unknown) => finish({ kind: "threw", error }),
    );
    return ended;
  }

  return {
    start,
    /** True while a process runs and waits for nothing: time must not go on. */
    isAnyBusy: () => busy > 0,
    findGap: () => gap,
  };
}

type Settled<T> = { ok: true; value: T } | { ok: false; error: unknown };
