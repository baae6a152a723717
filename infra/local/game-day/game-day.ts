/** What a game day is made of: a thing that breaks, the alarms that must go off, and the way back. */
import type { AlarmId } from "#infra/deployment/alarms.ts";
import { QUEUES } from "#infra/deployment/queues.ts";
import type { StudentSession } from "../student-session.ts";

/** An hour of AWS in 40 seconds: five-minute periods are three and a third. */
export const TIMES_FASTER = 90;

export const OVERFLOW_VISIBILITY_SECONDS = QUEUES.overflowQueue.visibilityTimeoutSeconds / TIMES_FASTER;

/** No execution has a limit on AWS; one that somebody has deployed would be this, and is longer than any here may take. */
export const EXECUTION_SECONDS = 60;

interface Happening {
  name: string;
  /** What is broken, in words for people. */
  breaks: string;
  /** All must go off. None: nobody is called and there is no letter, since nobody has anything to do. */
  alarms: AlarmId[];
}

/** Something breaks while a student pays. */
export interface Scenario extends Happening {
  /** True: the purchase ends as a dead letter, and an operator redrives it. False: it goes on by itself once mended. */
  isDeadLetter: boolean;
  /** Before the student asks for the form. */
  prepare?: (student: StudentSession) => Promise<void>;
  /** While the student fills in the form. */
  breakDependency: (courseId: string) => Promise<unknown>;
  /** Once the student has paid. */
  whenPaid?: (checkoutSessionId: string) => Promise<unknown>;
  /** Also done at the end, for whatever was left. @param checkoutSessionId undefined then */
  mendIt: (courseId: string, checkoutSessionId?: string) => Promise<unknown>;
  /** True: the money goes back afterwards, and an operator withdraws the place. */
  isWithdrawn?: boolean;
}

/** Something happens that is nobody's purchase under way: the alarms go off, and an operator does what is to be done. */
export interface Drill extends Happening {
  /** What must be there before. */
  prepare?: () => Promise<unknown>;
  breakIt: () => Promise<unknown>;
  /** Also done when something else did not happen. A text that it resolves with is shown. */
  mendIt: () => Promise<unknown>;
}

export const STEPS = ["paid", "alarm", "dead letter", "mended", "redriven", "enrolled", "withdrawn"] as const;
export type StepName = (typeof STEPS)[number];

export interface StepResult {
  step: StepName;
  /** Since the student began to pay, or since it was broken. */
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
