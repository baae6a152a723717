/** Why an alarm is as it is, in words. */
import { ALARM_PERIOD_SECONDS, type AlarmDefinition } from "#infra/deployment/alarms.ts";
import type { Evaluation } from "./evaluate-alarm.ts";

/** @returns e.g. `3 now; goes off at 20 requests in 5 minutes` */
export function explainAlarm({ value, unmeasured }: Evaluation, definition: AlarmDefinition): string {
  const { threshold, unit, isBelow } = definition;
  const goesOff = `goes off ${isBelow ? "below" : "at"} ${threshold} ${unit} ${describePeriods(definition)}`;
  const gap = unmeasured.length > 0 ? `not measured here: ${unmeasured.join(", ")}` : undefined;
  return [value === undefined ? undefined : `${Math.round(value)} now`, goesOff, gap]
    .filter(Boolean)
    .join("; ");
}

function describePeriods(definition: AlarmDefinition): string {
  const { periodSeconds = ALARM_PERIOD_SECONDS, evaluationPeriods = 1 } = definition;
  const { datapointsToAlarm = evaluationPeriods } = definition;
  const period = periodSeconds === 60 ? "a minute" : `${periodSeconds / 60} minutes`;
  if (evaluationPeriods === 1) return `in ${period}`;
  return `in ${period}, for ${datapointsToAlarm} of ${evaluationPeriods} such periods`;
}
