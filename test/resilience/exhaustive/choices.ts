/** What waits and may come next: calls that are answered or at which a process ends, pauses, and what people do. */
import type { Outcome } from "../simulation/faults.ts";
import type { Call, Scheduler } from "../simulation/process.ts";

interface Waiting {
  label: string;
  /** Present for a call: a process may end there. */
  mortal: boolean;
  perform(outcome: Outcome): void;
}

export interface Exit {
  label: string;
  take(): void;
}

export type Choices = ReturnType<typeof createChoices>;

export function createChoices(crashesAllowed: number) {
  const waiting: Waiting[] = [];
  /** What each process that still runs has heard. */
  const heard = new Map<number, string[]>();
  let now = Date.parse("2026-11-23T12:00:00.000Z");
  let crashes = crashesAllowed;

  const wait = (label: string, mortal: boolean, perform: Waiting["perform"]) => {
    waiting.push({ label, mortal, perform });
  };
  const agenda = {
    now: () => now,
    after: (delayMs: number, work: () => void) => {
      // What a day takes, a session's end, is not part of a scenario.
      if (delayMs < 60_000 * 60) wait("pause", false, work);
    },
    sleep: (_delayMs: number) => new Promise<void>((resolve) => wait("pause", false, () => resolve())),
  };
  const scheduler: Scheduler = {
    agenda,
    arrange: (call: Call, perform) =>
      wait(`${call.process}: ${call.service} ${call.operation}`, call.mortal, perform),
    lateness: () => 0,
    pauseBetweenAttempts: () => 0,
    patience: () => new Promise(() => undefined),
    notice(processNumber, said) {
      if (said === undefined) heard.delete(processNumber);
      else heard.set(processNumber, [...(heard.get(processNumber) ?? []), said]);
    },
  };

  function take(entry: Waiting, outcome: Outcome): void {
    waiting.splice(waiting.indexOf(entry), 1);
    if (outcome !== "answered") crashes -= 1;
    entry.perform(outcome);
  }

  return {
    scheduler,
    wait,
    now: () => now,
    pass: () => (now += 1_000),
    /** What decides, beside the stores, what can still happen. */
    describe: () => [[...heard.values()].map((said) => said.join()).sort(), crashes],
    listExits: (): Exit[] =>
      waiting.flatMap((entry) => {
        const exit = (outcome: Outcome, label: string) => ({ label, take: () => take(entry, outcome) });
        const stops = (["stopped-before", "stopped-after"] as const).map((outcome) =>
          exit(outcome, `${entry.label} ${outcome}`),
        );
        return [exit("answered", entry.label), ...(entry.mortal && crashes > 0 ? stops : [])];
      }),
    /** Whatever waits longest, while anything of a kind waits. @returns false when there is none */
    takeFirst(isWanted: (label: string) => boolean = () => true): boolean {
      const first = waiting.find(({ label }) => isWanted(label));
      if (first) take(first, "answered");
      return first !== undefined;
    },
  };
}
