/** The scheduled sweep: finds what was paid and not delivered, starts what was never started, and raises the alarm. */
import type { Drift } from "#workflow/reconcile/drift.ts";
import { type SweepPorts, type SweepResult, sweep } from "#workflow/reconcile/sweep.ts";
import { beforeDeadline, type Deadline } from "./adapters/in-time.ts";
import { LAST_WORDS_MS } from "./adapters/patience.ts";
import { composeReconcile } from "./composition.ts";
import { readSettings, reconcileSettings } from "./config.ts";
import { describeError, withoutPersonalData } from "./error-facts.ts";
import { countMetric, countPayback, createLogger } from "./telemetry.ts";

const logger = createLogger("reconcile");

export interface SweepReport {
  looked: Record<string, number>;
  drift: number;
  paidNotEnrolled: number;
  unreadable: number;
  sweptUntil: string;
}

export function createReconcile(ports: SweepPorts) {
  return async (_event?: unknown, deadline?: Deadline): Promise<SweepReport> => {
    const sweeping = sweep(ports, reportFailedRepair);
    const swept = beforeDeadline(sweeping, deadline, LAST_WORDS_MS, "the sweep");
    const { looked, drift, unreadable, paybacks, sweptUntil } = await swept.catch(stop);
    const paidNotEnrolled = drift.filter(({ kind }) => kind === "paid-not-enrolled").length;
    const startedLate = drift.filter(({ repair }) => repair === "started").length;
    countMetric("Reconciled");
    countMetric("PaidNotEnrolled", paidNotEnrolled);
    if (startedLate > 0) countMetric("StartedLate", startedLate);
    if (unreadable.length > 0) countMetric("UnreadableRecord", unreadable.length);
    paybacks.forEach(countPayback);
    for (const one of drift) logger.error("drift", idsOf(one));
    for (const { key, message } of unreadable) logger.error("unreadable", { key, errorMessage: message });
    logger.info("reconciled", { ...looked, drift: drift.length, sweptUntil });
    return { looked, drift: drift.length, paidNotEnrolled, unreadable: unreadable.length, sweptUntil };
  };
}

/** What a function throws is logged as it is, by Lambda. */
function stop(error: unknown): never {
  logger.error("stopped", { ...describeError(error) });
  throw withoutPersonalData(error);
}

function idsOf({
  kind,
  checkoutSessionId,
  userId,
  courseId,
  executionName,
  repair,
}: SweepResult["drift"][number]) {
  return { kind, checkoutSessionId, userId, courseId, executionName, repair };
}

function reportFailedRepair({ checkoutSessionId }: Drift, error: unknown): void {
  logger.error("could not repair", { checkoutSessionId, ...describeError(error) });
}

export const handler = createReconcile(composeReconcile(readSettings(reconcileSettings, process.env)));
