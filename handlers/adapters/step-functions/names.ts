/** What executions are called, and what is called by what starts them. */
import { createHash } from "node:crypto";

/** Names stay taken for 90 days and a redrive is possible for 14: more fresh starts than these cannot fit in. */
export const MOST_FRESH_STARTS = 9;

const LONGEST_NAME = 80;

/** @returns at most 80 characters; longer ids keep their beginning and stay different by a digest */
export function executionNameOf(eventId: string, freshStarts = 0): string {
  const suffix = freshStarts === 0 ? "" : `-r${freshStarts}`;
  const room = LONGEST_NAME - "-r9".length;
  if (eventId.length <= room) return `${eventId}${suffix}`;
  const digest = createHash("sha256").update(eventId).digest("hex").slice(0, 32);
  return `${eventId.slice(0, room - digest.length - 1)}-${digest}${suffix}`;
}

/** What may take the place of an execution, in the order in which they are started. */
export function freshNamesOf(executionName: string): string[] {
  const original = executionName.replace(/-r\d$/, "");
  return Array.from({ length: MOST_FRESH_STARTS }, (_, index) => executionNameOf(original, index + 1));
}

/** @returns the one whose place it took; undefined of one that is the first */
export function executionBefore(executionName: string): string | undefined {
  const [, original, number] = /^(.*)-r(\d)$/.exec(executionName) ?? [];
  if (!original) return undefined;
  return number === "1" ? original : `${original}-r${Number(number) - 1}`;
}

/** The alias by which a deployment starts executions: it leads to the version that was released, or to two while one is. */
export const LIVE = "live";

const ARN_PARTS = 7;

/** @param arn of the state machine, or of a version or an alias of it */
export const stateMachineOf = (arn: string): string => arn.split(":").slice(0, ARN_PARTS).join(":");

/** @returns the alias's or the version's own name; undefined for the state machine itself */
export const qualifierOf = (arn: string): string | undefined => arn.split(":")[ARN_PARTS];

export const liveArnOf = (stateMachineArn: string): string => `${stateMachineOf(stateMachineArn)}:${LIVE}`;

/** By whichever alias it was started: names are the state machine's, and ARNs have no qualifier. */
export function executionArnOf(stateMachineArn: string, executionName: string): string {
  return `${stateMachineOf(stateMachineArn).replace(":stateMachine:", ":execution:")}:${executionName}`;
}
