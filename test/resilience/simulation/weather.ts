/** When calls happen and which of them fail: a steady rate of faults, and outages during which nearly all do. */
import type { Agenda } from "./agenda.ts";
import type { Outcome, Service } from "./faults.ts";
import type { Call, Scheduler } from "./process.ts";
import type { Random } from "./random.ts";

export interface FaultRates {
  /** Of calls, each: refused, throttled, failed there, timed out, answer lost, late effect. */
  fault: number;
  /** Of calls at which the process ends. */
  stop: number;
  /** Of calls during an outage of the service, all faults together. */
  outage: number;
  outagesPerService: number;
}

export const DEFAULT_RATES: FaultRates = { fault: 0.012, stop: 0.006, outage: 0.9, outagesPerService: 2 };
/** Planted bugs that only show when a service is away should not need a lucky day. */
export const STORM: FaultRates = { fault: 0.08, stop: 0.01, outage: 0.97, outagesPerService: 8 };

export interface Outage {
  service: Service;
  /** Only this is throttled, always, as when its quota is used up; undefined: all of the service is away. */
  operation?: string;
  from: number;
  to: number;
}

const FAULTS = ["refused", "throttled", "failed-there", "timed-out", "answer-lost", "late-effect"] as const;
/** A service that is away mostly refuses. */
const OUTAGE_FAULTS = [...FAULTS, "refused", "refused", "refused"] as const;

interface Climate {
  /** Until `usualSince`; then the usual ones. */
  rates: FaultRates;
  outages: readonly Outage[];
  usualSince: number;
  /** From then on nothing fails: what is still wrong then is wrong for good. */
  calmSince: number;
}

export function createWeather(
  agenda: Agenda,
  random: Random,
  { rates: firstRates, outages, usualSince, calmSince }: Climate,
): Scheduler {
  function drawOutcome({ service, operation, mortal }: Omit<Call, "process" | "processNumber">): Outcome {
    const now = agenda.now();
    if (now >= calmSince) return "answered";
    const rates = now < usualSince ? firstRates : DEFAULT_RATES;
    if (mortal && random.chance(rates.stop)) return random.pick(["stopped-before", "stopped-after"]);
    const out = outages.find(
      (outage) =>
        outage.service === service &&
        operation === (outage.operation ?? operation) &&
        outage.from <= now &&
        now < outage.to,
    );
    if (out?.operation) return "throttled";
    if (out) return random.chance(rates.outage) ? random.pick(OUTAGE_FAULTS) : "answered";
    return random.chance(rates.fault * FAULTS.length) ? random.pick(FAULTS) : "answered";
  }

  /** Mostly a few milliseconds, now and then far longer than anyone expects. */
  function latency(outcome: Outcome): number {
    if (outcome === "timed-out" || outcome === "late-effect") return random.between(1_000, 10_000);
    return random.chance(0.01) ? random.between(1_000, 40_000) : random.between(1, 40);
  }

  return {
    agenda,
    arrange(call, perform) {
      const outcome = drawOutcome(call);
      agenda.after(latency(outcome), () => perform(outcome));
    },
    lateness: () => random.between(100, 20_000),
    pauseBetweenAttempts: () => random.between(20, 500),
    patience: (delayMs) => agenda.sleep(delayMs).then(() => "gave up"),
  };
}
