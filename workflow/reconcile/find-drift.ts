/** Reconciliation as a person asks for it: what the payment provider says was paid against what was delivered and decided. */
import { inGroups } from "../map-concurrently.ts";
import type { PaymentEvent } from "../payment-event.ts";
import type { Period } from "../period.ts";
import type { ExecutionFollowUp } from "../ports/executions.ts";
import type { UnreadableRecord } from "../unreadable-record.ts";
import { lookAfter } from "./awaiting-attention.ts";
import { comparePeriods } from "./compare-periods.ts";
import { type Comparison, type Looked, listToldLater, lookTwice, type ReconcilePorts } from "./comparison.ts";
import { type Drift, keyOf } from "./drift.ts";
import { cutUp } from "./periods.ts";

export interface Reconciliation {
  looked: Looked;
  drift: Drift[];
  /** Named and left out: none of them stops the others. */
  unreadable: UnreadableRecord[];
}

/** So many wait for a person and are looked at before the second look at the first of them. */
const GROUP = 1_000;

/** @param announce told what is being looked at, in words for people */
export async function reconcile(
  period: Period,
  ports: ReconcilePorts,
  announce: (step: string) => void = () => {},
): Promise<Reconciliation> {
  const looked = { events: 0, sessions: 0, enrollments: 0 };
  const found = new Map<string, Drift>();
  const unreadable = new Map<string, UnreadableRecord>();
  const report: Comparison["report"] = (record) => unreadable.set(record.key, record);
  const comparison: Comparison = {
    ports,
    looked,
    report,
    async onDrift(drift) {
      const standing = await standingOf(drift, ports);
      if (standing) found.set(keyOf(drift), standing);
    },
    readAgain: () => {},
    hasExecution: async ({ eventId }) => (await ports.executions.findExecutionStatus(eventId)) !== "unknown",
    toldLater: listToldLater(period.until, ports, report),
    isEnough: () => false,
    isTooMuch: () => {
      announce(`${looked.events} events, ${looked.sessions} sessions, ${found.size} found`);
      return false;
    },
    deliveredBefore: [],
    courseIds: (await ports.courses.listCourses()).map(({ courseId }) => courseId),
  };
  await compareAwaiting(comparison);
  await comparePeriods(cutUp(period, 10), comparison);
  return { looked, drift: [...found.values()], unreadable: [...unreadable.values()] };
}

/** What waits for a person, or for a decision to be carried out, whenever it began. */
export async function compareAwaiting(comparison: Comparison): Promise<void> {
  const { ports, report } = comparison;
  const awaiting = ports.purchases.listPurchasesAwaitingAttention(report);
  for await (const group of inGroups(awaiting, GROUP))
    await lookTwice(
      group,
      async (purchase) => [await lookAfter(purchase, ports)],
      () => undefined,
      comparison,
    );
}

/**
 * Several executions may have been started for it: the return page names one after the session.
 * @returns undefined when it is under way
 */
async function standingOf(drift: Drift, ports: ReconcilePorts): Promise<Drift | undefined> {
  const { event, kind, executionStatus } = drift;
  if (!event || executionStatus || kind === "not-started") return drift;
  const names = new Set([event.eventId, event.checkoutSessionId]);
  for (const executionName of names) {
    const status = await findStatus(executionName, ports);
    if (status === "running") return undefined;
    if (status !== "unknown") return standingAt(drift, event, executionName, status, ports);
  }
  return drift;
}

type Known = Awaited<ReturnType<ExecutionFollowUp["findExecutionStatus"]>>;

const findStatus = (executionName: string, { executions }: ReconcilePorts): Promise<Known> =>
  executions.findExecutionStatus(executionName);

/** One that has failed could not note itself; this period is looked at once, and the purchase must be found after it. */
export async function standingAt(
  drift: Drift,
  event: PaymentEvent,
  executionName: string,
  executionStatus: Known,
  { purchases, now }: Pick<ReconcilePorts, "purchases" | "now">,
): Promise<Drift> {
  const { userId, courseId, checkoutSessionId } = event;
  if (executionStatus === "failed" && userId && courseId)
    await purchases.noteFailure(
      { userId, courseId, checkoutSessionId },
      event,
      { executionName, isFinal: true },
      now().toISOString(),
    );
  return { ...drift, event: { ...event, eventId: executionName }, executionName, executionStatus };
}
