/** The scheduled sweep: finds what was paid and not delivered, starts what was never started, and raises the alarm. */
import type { Drift } from "#workflow/reconcile/drift.ts";
import { reconcile } from "#workflow/reconcile/find-drift.ts";
import { type RepairOutcome, repairDrift } from "#workflow/reconcile/repair.ts";
import { composeReconcile, type SweepPorts } from "./composition.ts";
import { readSettings, reconcileSettings } from "./config.ts";
import { countMetric, createLogger, describeError } from "./telemetry.ts";

/** Far more than the hour between two sweeps, so that a purchase is looked at by the next one when one fails. */
const PERIOD_MS = 24 * 60 * 60 * 1000;
/** Purchases that are younger may be under way, or wait in the overflow queue. */
const GRACE_MS = 5 * 60 * 1000;

const logger = createLogger("reconcile");

export function createReconcile(ports: SweepPorts) {
  return async (): Promise<{ looked: Record<string, number>; drift: number; paidNotEnrolled: number }> => {
    const now = ports.now().getTime();
    const period = { since: new Date(now - PERIOD_MS), until: new Date(now - GRACE_MS) };
    const { looked, drift } = await reconcile(period, ports);
    const paidNotEnrolled = drift.filter(({ kind }) => kind === "paid-not-enrolled").length;
    countMetric("PaidNotEnrolled", paidNotEnrolled);
    for (const found of drift) {
      const { kind, checkoutSessionId, userId, courseId, executionName } = found;
      const ids = { kind, checkoutSessionId, userId, courseId, executionName };
      logger.error("drift", { ...ids, repair: await repair(found, ports) });
    }
    logger.info("reconciled", { ...looked, drift: drift.length });
    return { looked, drift: drift.length, paidNotEnrolled };
  };
}

/** One that cannot be repaired just now is found again by the next sweep. */
async function repair(drift: Drift, ports: SweepPorts): Promise<RepairOutcome | "failed"> {
  try {
    return await repairDrift(drift, ports, { redriveFailed: false });
  } catch (error) {
    logger.error("could not repair", { checkoutSessionId: drift.checkoutSessionId, ...describeError(error) });
    return "failed";
  }
}

export const handler = createReconcile(composeReconcile(readSettings(reconcileSettings, process.env)));
