/** What a sweep does about what it found: it starts what was never started, and redrives nothing. */
import type { LateStarts } from "../ports/executions.ts";
import type { ReconcilePorts } from "./comparison.ts";
import type { Drift } from "./drift.ts";
import { standingAt } from "./find-drift.ts";
import { type RepairOutcome, type RepairPorts, repairDrift } from "./repair.ts";

export type DeliverLatePorts = ReconcilePorts & RepairPorts & { executions: LateStarts };

export type HandledDrift = Drift & { repair: RepairOutcome | "failed" };

/** @returns undefined of what is under way, or done meanwhile */
export async function deliverLate(drift: Drift, ports: DeliverLatePorts): Promise<HandledDrift | undefined> {
  const { event, executionStatus, kind, purchase } = drift;
  if (!event || executionStatus || kind === "still-payable" || kind === "decision-unfinished")
    return { ...drift, repair: await repairDrift(drift, ports, { isAsked: false }) };
  // The return page names one after the session; where it has not been, there is none to ask for.
  const isFollowed = purchase?.settledSeenAt !== undefined && kind !== "not-started";
  const followed = isFollowed ? await findStatus(event.checkoutSessionId, ports) : "unknown";
  if (followed === "running") return undefined;
  if (followed !== "unknown") return leave(drift, event, event.checkoutSessionId, followed, ports);
  const outcome = await ports.executions.startOnce(event);
  if (outcome === "started") return { ...drift, repair: "started" };
  if (outcome === "running" || kind === "not-started") return undefined;
  const status = await findStatus(event.eventId, ports);
  return status === "running" ? undefined : leave(drift, event, event.eventId, status, ports);
}

type Status = NonNullable<Drift["executionStatus"]>;

const findStatus = (executionName: string, { executions }: DeliverLatePorts): Promise<Status> =>
  executions.findExecutionStatus(executionName);

/** @returns undefined when it has delivered since the drift was found */
async function leave(
  drift: Drift,
  event: NonNullable<Drift["event"]>,
  executionName: string,
  status: Status,
  ports: DeliverLatePorts,
): Promise<HandledDrift | undefined> {
  const { userId, courseId, checkoutSessionId } = event;
  if (status === "succeeded" && userId && courseId) {
    const enrollment = await ports.enrollments.findEnrollment(userId, courseId);
    if (enrollment?.stripeSessionId === checkoutSessionId) return undefined;
  }
  return { ...(await standingAt(drift, event, executionName, status, ports)), repair: "left" };
}
