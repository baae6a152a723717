/** An alarm as people see it. Times are ISO 8601. */

/** `NOT_MEASURED`: nothing that it looks at is measured here, so nobody knows. */
export type AlarmState = "OK" | "ALARM" | "NOT_MEASURED";

export interface AlarmView {
  alarmId: string;
  state: AlarmState;
  /** In words: the value, what it is compared with and over which time, and what of it is not measured here. */
  reason: string;
  /** Of the last period. Absent: not measured here. */
  value?: number | undefined;
  threshold: number;
  unit: string;
  meaning: string;
  /** The file with what to do, and its section. */
  runbook: string;
  /** Newest first. */
  history: { at: string; state: AlarmState; reason: string }[];
}
