/** How a changed definition comes into use, and what takes it back: by CloudFormation on AWS, by a stand-in on one machine. */
import type { AlarmDefinition } from "./alarms.ts";
import { PRODUCTION } from "./names.ts";

export interface ReleaseWay {
  /** As CloudFormation calls it. */
  type: "ALL_AT_ONCE" | "CANARY" | "LINEAR";
  /** Of what is started, how much more the new version gets at each step; all of it at a canary's second. */
  percentage?: number;
  /** Between two steps. */
  intervalMinutes?: number;
}

/**
 * By the name that a deployment is told. What is measured comes minutes after what happened, so a step takes longer than
 * to hear of the one before.
 */
export const RELEASE_WAYS = {
  "all-at-once": { type: "ALL_AT_ONCE" },
  canary: { type: "CANARY", percentage: 10, intervalMinutes: 10 },
  linear: { type: "LINEAR", percentage: 20, intervalMinutes: 10 },
} as const satisfies Record<string, ReleaseWay>;

type ReleaseWayName = keyof typeof RELEASE_WAYS;
export const RELEASE_WAY_NAMES = Object.keys(RELEASE_WAYS) as [ReleaseWayName, ...ReleaseWayName[]];

/** @param told undefined: with care where it is about money, at once where somebody waits for it */
export function chooseReleaseWay(stage: string, told: ReleaseWayName | undefined): ReleaseWay {
  return RELEASE_WAYS[told ?? (stage === PRODUCTION ? "canary" : "all-at-once")];
}

/**
 * What takes a release back. It stands for five minutes after the last failure: whoever watches looks once a minute, and
 * must not miss it. It tells nobody, since the alarms for failed executions do.
 */
export const RELEASE_ALARM: AlarmDefinition = {
  metrics: ["executions:failed", "executions:timedOut"],
  threshold: 1,
  periodSeconds: 60,
  evaluationPeriods: 5,
  datapointsToAlarm: 1,
  unit: "executions",
  meaning:
    "An execution has failed within five minutes: a release that is under way is taken back, and none begins.",
};
