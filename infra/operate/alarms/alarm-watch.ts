/** Evaluates the alarms of `infra/deployment/alarms.ts` as CloudWatch would, from samples taken every few seconds. */
import {
  ALARM_PERIOD_SECONDS,
  ALARMS,
  type AlarmDefinition,
  type AlarmId,
  alarmSlug,
  RUNBOOK,
} from "#infra/deployment/alarms.ts";
import type { AlarmView } from "./alarm-view.ts";

/** What was measured over the period that ends now: sums and maxima. Absent: no data, which is no reason for alarm. */
export type Measurements = Partial<Record<AlarmId, number>>;

export interface AlarmWatchOptions {
  /** @param since milliseconds since 1970: where the period begins */
  measure: (since: number) => Promise<Measurements>;
  sampleEveryMs?: number;
  /** How much faster than on AWS periods and ages pass, for a game day that nobody wants to take all day. */
  timesFaster?: number;
}

export interface AlarmWatch {
  listAlarms(): AlarmView[];
  /** Measures now instead of at the next tick. */
  measureNow(): Promise<void>;
  close(): Promise<void>;
}

const HISTORY_KEPT = 50;

const NEVER_MEASURED: Watched = { state: "OK", value: undefined, history: [] };

interface Watched {
  state: AlarmView["state"];
  /** Undefined: no data. */
  value: number | undefined;
  history: AlarmView["history"];
  /** Since when the threshold has been reached without a pause; undefined while it is not. */
  breachedSince?: number | undefined;
}

export function startAlarmWatch({
  measure,
  sampleEveryMs = 2_000,
  timesFaster = 1,
}: AlarmWatchOptions): AlarmWatch {
  const periodMs = (ALARM_PERIOD_SECONDS * 1000) / timesFaster;
  const watched = new Map<AlarmId, Watched>();
  let underWay: Promise<void> | undefined;

  async function sample(): Promise<void> {
    const now = Date.now();
    const measured = await measure(now - periodMs);
    for (const [id, definition] of alarmDefinitions()) {
      const before = watched.get(id) ?? NEVER_MEASURED;
      watched.set(id, evaluate(before, measured[id], definition, now));
    }
  }

  function evaluate(
    before: Watched,
    measuredValue: number | undefined,
    definition: AlarmDefinition,
    now: number,
  ): Watched {
    const value =
      measuredValue !== undefined && definition.unit === "seconds"
        ? measuredValue * timesFaster
        : measuredValue;
    const breachedSince = (value ?? 0) >= definition.threshold ? (before.breachedSince ?? now) : undefined;
    // The first breach counts as a whole period, as a sum over one does; further periods must pass.
    const waitMs = ((definition.evaluationPeriods ?? 1) - 1) * periodMs;
    const state = breachedSince !== undefined && now - breachedSince >= waitMs ? "ALARM" : "OK";
    if (state === before.state) return { ...before, value, breachedSince };
    const change = { at: new Date(now).toISOString(), state, reason: explain(value, definition) } as const;
    return { state, value, breachedSince, history: [change, ...before.history].slice(0, HISTORY_KEPT) };
  }

  /** A sample that cannot be taken is no data; the next one may be. */
  const measureNow = () => {
    underWay ??= sample()
      .catch(() => {})
      .finally(() => {
        underWay = undefined;
      });
    return underWay;
  };
  const timer = setInterval(() => void measureNow(), sampleEveryMs);
  void measureNow();

  return {
    listAlarms: () =>
      alarmDefinitions().map(([alarmId, definition]) => {
        const { state, value, history } = watched.get(alarmId) ?? NEVER_MEASURED;
        const { threshold, unit, meaning } = definition;
        const reason = explain(value, definition);
        const runbook = `${RUNBOOK}#${alarmSlug(alarmId)}`;
        return { alarmId, state, reason, value, threshold, unit, meaning, runbook, history };
      }),
    measureNow,
    async close() {
      clearInterval(timer);
      await underWay;
    },
  };
}

const alarmDefinitions = () => Object.entries(ALARMS) as [AlarmId, AlarmDefinition][];

function explain(value: number | undefined, definition: AlarmDefinition): string {
  const { threshold, unit, periodSeconds = ALARM_PERIOD_SECONDS, evaluationPeriods = 1 } = definition;
  const period = `${(periodSeconds / 60) * evaluationPeriods} minutes`;
  const goesOff = `goes off at ${threshold} ${unit} in ${period}`;
  return value === undefined ? `No data on this machine; ${goesOff}` : `${Math.round(value)} now; ${goesOff}`;
}
