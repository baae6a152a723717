/** An alarm as people see it. Times are ISO 8601. */

export type AlarmState = "OK" | "ALARM";

export interface AlarmView {
  alarmId: string;
  state: AlarmState;
  /** In words: the value, what it is compared with, and over which time. */
  reason: string;
  /** Absent: no data. */
  value?: number | undefined;
  threshold: number;
  unit: string;
  meaning: string;
  /** The file with what to do, and its section. */
  runbook: string;
  /** Newest first. */
  history: { at: string; state: AlarmState; reason: string }[];
}
