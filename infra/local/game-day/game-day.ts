/** What a game day is made of: a thing that breaks, the alarm that must go off, and the way back to "enrolled". */
import type { AlarmId } from "#infra/deployment/alarms.ts";
import { QUEUES } from "#infra/deployment/queues.ts";
import type { StudentSession } from "../student-session.ts";

/** An hour of AWS in a minute: five-minute periods are five seconds. */
export const TIMES_FASTER = 60;

export const OVERFLOW_VISIBILITY_SECONDS = QUEUES.overflowQueue.visibilityTimeoutSeconds / TIMES_FASTER;

export interface Scenario {
  name: string;
  /** What is broken, in words for people. */
  breaks: string;
  /** Absent: nobody is called and there is no letter, since nobody has anything to do. */
  alarm?: AlarmId;
  /** True: the purchase ends as a dead letter, and an operator redrives it. False: it goes on by itself once mended. */
  isDeadLetter: boolean;
  /** Before the student asks for the form. */
  prepare?: (student: StudentSession) => Promise<void>;
  /** While the student fills in the form. */
  breakDependency: (courseId: string) => Promise<unknown>;
  mendIt: (courseId: string) => Promise<unknown>;
  /** True: the money goes back afterwards, and an operator withdraws the place. */
  isWithdrawn?: boolean;
}

export const STEPS = ["paid", "alarm", "dead letter", "mended", "redriven", "enrolled", "withdrawn"] as const;
export type StepName = (typeof STEPS)[number];

export interface StepResult {
  step: StepName;
  /** Since the student began to pay. */
  atMs: number;
  detail: string;
}

export interface ScenarioResult {
  name: string;
  breaks: string;
  steps: StepResult[];
  /** The step that did not happen, and what was waited for. */
  missing?: { step: StepName; reason: string };
}
