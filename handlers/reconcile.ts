/** The scheduled sweep: finds what was paid and not delivered, starts what was never started, and raises the alarm. */
import type { HandledDrift } from "#workflow/reconcile/deliver-late.ts";
import type { Drift } from "#workflow/reconcile/drift.ts";
import { type SweepListener, type SweepPorts, sweep } from "#workflow/reconcile/sweep.ts";
import type { UnreadableRecord } from "#workflow/unreadable-record.ts";
import { beforeDeadline, type Deadline } from "./adapters/in-time.ts";
import { LAST_WORDS_MS } from "./adapters/patience.ts";
import { composeReconcile } from "./composition.ts";
import { readSettings, reconcileSettings } from "./config.ts";
import { describeError, withoutPersonalData } from "./error-facts.ts";
import { countMetric, countPayback, createLogger } from "./telemetry.ts";

const logger = createLogger("reconcile");

/** What the schedule says; an invocation that says nothing is a sweep. */
export interface Occasion {
  /** Only what the last sweep had no time for. */
  goOn?: boolean;
}

export interface SweepReport {
  looked: Record<string, number>;
  drift: number;
  paidNotEnrolled: number;
  unreadable: number;
  sweptUntil: string;
  isUnfinished: boolean;
}

export function createReconcile(ports: SweepPorts) {
  return async (occasion?: Occasion, deadline?: Deadline): Promise<SweepReport | undefined> => {
    const counted = { drift: 0, paidNotEnrolled: 0, startedLate: 0, unreadable: 0 };
    const isGoingOn = occasion?.goOn === true;
    const timeLeft = () => (deadline ? deadline.getRemainingTimeInMillis() - LAST_WORDS_MS : Infinity);
    const sweeping = sweep(ports, createListener(counted), { timeLeft, isGoingOn });
    const swept = await beforeDeadline(sweeping, deadline, LAST_WORDS_MS, "the sweep").catch(stop(isGoingOn));
    if (!swept) return undefined;
    const { looked, sweptUntil, isUnfinished } = swept;
    const { startedLate, ...told } = counted;
    if (!isUnfinished) countMetric("Reconciled");
    countMetric("PaidNotEnrolled", told.paidNotEnrolled);
    if (startedLate > 0) countMetric("StartedLate", startedLate);
    if (told.unreadable > 0) countMetric("UnreadableRecord", told.unreadable);
    logger.info(isUnfinished ? "to be gone on with" : "reconciled", {
      ...looked,
      drift: told.drift,
      sweptUntil,
    });
    return { looked, ...told, sweptUntil, isUnfinished };
  };
}

/** Each is told as it is found: there may be more than there is room for. */
function createListener(
  counted: Record<"drift" | "paidNotEnrolled" | "startedLate" | "unreadable", number>,
): SweepListener {
  return {
    onDrift(drift) {
      counted.drift += 1;
      if (drift.kind === "paid-not-enrolled") counted.paidNotEnrolled += 1;
      if (drift.repair === "started") counted.startedLate += 1;
      logger.error("drift", idsOf(drift));
    },
    onUnreadable({ key, message }: UnreadableRecord) {
      counted.unreadable += 1;
      logger.error("unreadable", { key, errorMessage: message });
    },
    onPayback: countPayback,
    onRepairFailed: reportFailedRepair,
  };
}

/** What a function throws is logged as it is, by Lambda. */
const stop =
  (isGoingOn: boolean) =>
  (error: unknown): never => {
    logger.error("stopped", { ...describeError(error), isGoingOn });
    throw withoutPersonalData(error);
  };

function idsOf({ kind, checkoutSessionId, userId, courseId, executionName, repair }: HandledDrift) {
  return { kind, checkoutSessionId, userId, courseId, executionName, repair };
}

function reportFailedRepair({ checkoutSessionId }: Drift, error: unknown): void {
  logger.error("could not repair", { checkoutSessionId, ...describeError(error) });
}

export const handler = createReconcile(composeReconcile(readSettings(reconcileSettings, process.env)));
