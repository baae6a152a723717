/** The scheduled reconciliation: it goes on from where the last one stopped, so a blackout heals by itself. */
import { type NotePaybackPorts, notePayback, type PaybackOutcome } from "../checkout/note-payback.ts";
import type { SweepStore } from "../ports/stores.ts";
import { UnreadableRecord } from "../unreadable-record.ts";
import type { Drift } from "./drift.ts";
import { type ReconcilePorts, type Reconciliation, reconcile } from "./find-drift.ts";
import { type RepairOutcome, type RepairPorts, repairDrift } from "./repair.ts";

/** Stripe keeps events for 30 days. */
const FURTHEST_BACK_MS = 29 * 24 * 60 * 60 * 1000;
/** Purchases that are younger may be under way, or wait in the overflow queue. */
const GRACE_MS = 5 * 60 * 1000;

/** So long somebody has for mending a record that cannot be read, and then it is no longer waited for. */
const MENDING_MS = 7 * 24 * 60 * 60 * 1000;

export type SweepPorts = ReconcilePorts & RepairPorts & NotePaybackPorts & { sweeps: SweepStore };

export interface SweepResult extends Omit<Reconciliation, "drift" | "seenOnce"> {
  drift: (Drift & { repair: RepairOutcome | "failed" })[];
  paybacks: PaybackOutcome[];
  /** All that happened before has been compared, and what could be started has been. */
  sweptUntil: string;
}

/** @param onRepairFailed told why; what could not be started just now is found again by the next sweep */
export async function sweep(
  ports: SweepPorts,
  onRepairFailed: (drift: Drift, error: unknown) => void,
): Promise<SweepResult> {
  const now = ports.now().getTime();
  const unreadable: UnreadableRecord[] = [];
  const standing = await readOr(ports.sweeps.findSweep, unreadable);
  const furthest = now - FURTHEST_BACK_MS;
  const since = new Date(Math.max(furthest, standing ? Date.parse(standing.sweptUntil) : furthest));
  const until = new Date(Math.max(since.getTime(), now - GRACE_MS));

  // Before the comparison, so that nobody is enrolled for money that went back.
  const paybacks = await noteAll(since, ports, unreadable);
  const { seenOnce, ...found } = await reconcile({ since, until }, ports);
  const drift: SweepResult["drift"] = [];
  for (const one of found.drift) drift.push({ ...one, repair: await repairOrFail(one) });

  unreadable.push(...found.unreadable);
  // What it would have told is not known yet, so all is looked at again until it can be read.
  const unread = unreadable.length > 0 ? [new Date(Math.max(since.getTime(), now - MENDING_MS))] : [];
  const [sweptUntil = ""] = [
    until.toISOString(),
    ...unread.map((instant) => instant.toISOString()),
    // What began before this sweep's period was found by its purchase, and will be again.
    ...[...seenOnce, ...drift.filter(mustBeFoundAgain)]
      .map((one) => one.since)
      .filter((at) => at >= since.toISOString()),
  ].toSorted();
  await ports.sweeps.saveSweep({ sweptUntil }, standing);
  return {
    ...found,
    unreadable,
    drift,
    paybacks,
    sweptUntil,
  };

  async function repairOrFail(one: Drift): Promise<RepairOutcome | "failed"> {
    try {
      return await repairDrift(one, ports, { isAsked: false });
    } catch (error) {
      onRepairFailed(one, error);
      return "failed";
    }
  }
}

/** What waits for a person is on its purchase; what could not be done would be found by nobody once it lies before the sweep. */
const mustBeFoundAgain = ({ repair }: SweepResult["drift"][number]) => repair === "failed";

async function noteAll(
  since: Date,
  ports: SweepPorts,
  unreadable: UnreadableRecord[],
): Promise<PaybackOutcome[]> {
  const outcomes: PaybackOutcome[] = [];
  for await (const notice of ports.payments.listNotices(since, (record) => unreadable.push(record))) {
    const outcome = await readOr(() => notePayback(notice, ports), unreadable);
    if (outcome) outcomes.push(outcome);
  }
  return outcomes;
}

/** @returns undefined when it cannot be read, which is told and stops nothing else */
async function readOr<T>(read: () => Promise<T>, unreadable: UnreadableRecord[]): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UnreadableRecord)) throw error;
    unreadable.push(error);
    return undefined;
  }
}
