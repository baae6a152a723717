/** Evaluates the alarms of `infra/deployment/alarms.ts` every few seconds, and keeps what they were. */
import {
  type AlarmDefinition,
  type AlarmId,
  alarmDefinitions,
  alarmSlug,
  RUNBOOK,
} from "#infra/deployment/alarms.ts";
import type { AlarmView } from "./alarm-view.ts";
import { type Evaluation, evaluateAlarm, type Measured } from "./evaluate-alarm.ts";
import { explainAlarm } from "./explain-alarm.ts";

/** Where what is measured comes from. */
export interface MeasuredDeployment extends Measured {
  /** Measures what must be asked for, such as how many messages wait. */
  sample(): Promise<void>;
}

interface AlarmWatchOptions {
  measured: MeasuredDeployment;
  sampleEveryMs?: number;
  /** How much faster than on AWS periods pass, for a game day that nobody wants to take all day. */
  timesFaster?: number;
}

export interface AlarmWatch {
  listAlarms(): AlarmView[];
  /** Measures now instead of at the next tick. */
  measureNow(): Promise<void>;
  close(): Promise<void>;
}

const HISTORY_KEPT = 50;

interface Watched extends Evaluation {
  history: AlarmView["history"];
}

export function startAlarmWatch({
  measured,
  sampleEveryMs = 2_000,
  timesFaster = 1,
}: AlarmWatchOptions): AlarmWatch {
  const watched = new Map<AlarmId, Watched>();
  let underWay: Promise<void> | undefined;

  function evaluateAll(): void {
    const now = Date.now();
    for (const [id, definition] of alarmDefinitions()) {
      const evaluation = evaluateAlarm(definition, measured, now, timesFaster);
      watched.set(id, { ...evaluation, history: remember(watched.get(id), evaluation, definition, now) });
    }
  }

  /** A sample that cannot be taken is no data; what was counted is evaluated all the same. */
  const measureNow = () => {
    underWay ??= measured
      .sample()
      .catch(() => {})
      .then(evaluateAll)
      .finally(() => {
        underWay = undefined;
      });
    return underWay;
  };
  const timer = setInterval(() => void measureNow(), sampleEveryMs);
  void measureNow();

  return {
    listAlarms: () =>
      alarmDefinitions().map(([alarmId, definition]) =>
        viewOf(alarmId, definition, watched.get(alarmId) ?? NEVER_MEASURED),
      ),
    measureNow,
    async close() {
      clearInterval(timer);
      await underWay;
    },
  };
}

const NEVER_MEASURED: Watched = { state: "OK", value: 0, unmeasured: [], history: [] };

function remember(
  { state, history }: Watched = NEVER_MEASURED,
  next: Evaluation,
  definition: AlarmDefinition,
  now: number,
): AlarmView["history"] {
  if (next.state === state) return history;
  const change = {
    at: new Date(now).toISOString(),
    state: next.state,
    reason: explainAlarm(next, definition),
  };
  return [change, ...history].slice(0, HISTORY_KEPT);
}

function viewOf(alarmId: AlarmId, definition: AlarmDefinition, watched: Watched): AlarmView {
  const { threshold, unit, meaning } = definition;
  const { state, value, history } = watched;
  const reason = explainAlarm(watched, definition);
  const runbook = `${RUNBOOK}#${alarmSlug(alarmId)}`;
  return { alarmId, state, reason, value, threshold, unit, meaning, runbook, history };
}
