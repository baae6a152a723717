/** One alarm at one moment, by CloudWatch's rules: periods that end now, added up, compared and counted. */
import { ALARM_PERIOD_SECONDS, type AlarmDefinition } from "#infra/deployment/alarms.ts";
import type { MetricName } from "#infra/deployment/metrics.ts";
import type { AlarmState } from "./alarm-view.ts";

/** What was measured, and since when. */
export interface Measured {
  /** Milliseconds since 1970: of what was before nobody knows. */
  since: number;
  /**
   * The sum, or the maximum, of what lies after `from` and not after `to` (milliseconds since 1970); 0 where there is
   * nothing. Undefined: not measured here.
   */
  read(metric: MetricName, from: number, to: number): number | undefined;
}

export interface Evaluation {
  state: AlarmState;
  /** Of the last period. */
  value?: number | undefined;
  unmeasured: MetricName[];
}

/** @param timesFaster how much faster than on AWS periods pass */
export function evaluateAlarm(
  definition: AlarmDefinition,
  measured: Measured,
  now: number,
  timesFaster = 1,
): Evaluation {
  const { metrics, evaluationPeriods = 1, datapointsToAlarm = evaluationPeriods } = definition;
  const known = metrics.filter((metric) => measured.read(metric, now, now) !== undefined);
  const unmeasured = metrics.filter((metric) => !known.includes(metric));
  if (known.length === 0) return { state: "NOT_MEASURED", unmeasured };

  const periodMs = ((definition.periodSeconds ?? ALARM_PERIOD_SECONDS) * 1000) / timesFaster;
  const periods = Array.from({ length: evaluationPeriods }, (_, index) => {
    const to = now - index * periodMs;
    const from = to - periodMs;
    const value = known.reduce((sum, metric) => sum + (measured.read(metric, from, to) ?? 0), 0);
    return { value, isBad: isBad(value, definition) && (!definition.isBelow || from >= measured.since) };
  });
  const bad = periods.filter((period) => period.isBad).length;
  return { state: bad >= datapointsToAlarm ? "ALARM" : "OK", value: periods[0]?.value, unmeasured };
}

const isBad = (value: number, { threshold, isBelow = false }: AlarmDefinition) =>
  isBelow ? value < threshold : value >= threshold;
