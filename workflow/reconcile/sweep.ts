/**
 * The scheduled reconciliation: it goes on from where the last one stopped, so a blackout heals by itself, and stops in
 * time, so that what is too much for one is gone on with by the next.
 */
import type { NotePaybackPorts, PaybackOutcome } from "../checkout/note-payback.ts";
import type { Period } from "../period.ts";
import type { ReportDated, SweepStore } from "../ports/stores.ts";
import type { UnreadableRecord } from "../unreadable-record.ts";
import { comparePeriods } from "./compare-periods.ts";
import { type Comparison, type Looked, listToldLater } from "./comparison.ts";
import { type DeliverLatePorts, deliverLate, type HandledDrift } from "./deliver-late.ts";
import { type Drift, keyOf } from "./drift.ts";
import { compareAwaiting } from "./find-drift.ts";
import { type OpenGround, readAgain, takeAgain, takeNext } from "./ground.ts";
import { noteAll } from "./note-all.ts";
import { openProgress, type Progress } from "./progress.ts";

/** So long somebody has for mending a record that cannot be read, and then it is no longer waited for. */
const MENDING_MS = 7 * 24 * 60 * 60 * 1000;
/** With so many ids of what was settled in memory nothing more is begun, and with so many not even finished: about 25 MB. */
const ENOUGH_HELD = 100_000;
const MOST_HELD = 200_000;
/** What is kept of the time for what has been begun. */
const KEPT_MS = 30_000;

export type SweepPorts = DeliverLatePorts & NotePaybackPorts & { sweeps: SweepStore };

export interface SweepListener {
  onDrift: (drift: HandledDrift) => void;
  /** Told why; what could not be started just now is found again by the next sweep. */
  onRepairFailed: (drift: Drift, error: unknown) => void;
  onPayback: (outcome: PaybackOutcome) => void;
  onUnreadable: (record: UnreadableRecord) => void;
}

interface SweepResult {
  looked: Looked;
  sweptUntil: string;
  /** It had to stop before all was read, or another one has gone on from where it was. */
  isUnfinished: boolean;
}

interface SweepOptions {
  /** Milliseconds. */
  timeLeft?: () => number;
  /** Only what another one has begun and not finished. */
  isGoingOn?: boolean;
}

/** @returns undefined when there was nothing to go on with */
export async function sweep(
  ports: SweepPorts,
  listener: SweepListener,
  { timeLeft = () => Infinity, isGoingOn = false }: SweepOptions = {},
): Promise<SweepResult | undefined> {
  const progress = await openProgress(ports, listener.onUnreadable);
  if (isGoingOn && !progress.wasUnfinished) return undefined;
  const looked = { events: 0, sessions: 0, enrollments: 0 };
  const isMine = await sweepOn({ ports, listener, progress, looked, timeLeft, isGoingOn });
  return { looked, sweptUntil: progress.sweptUntil(), isUnfinished: !isMine || !progress.isFinished() };
}

interface Sweeping extends Required<SweepOptions> {
  ports: SweepPorts;
  listener: SweepListener;
  progress: Progress;
  looked: Looked;
}

/** @returns false when another sweep has gone on from here */
async function sweepOn(sweeping: Sweeping): Promise<boolean> {
  const { ports, listener, progress, timeLeft, isGoingOn } = sweeping;
  const { checkouts, notices, goal } = progress;
  const isTimeUp = () => timeLeft() < KEPT_MS;
  const report = createReport(sweeping);
  const { onPayback } = listener;
  const areNoted = await noteAll(progress, ports, { onPayback, report: report(notices), isTimeUp });
  if (!areNoted) return progress.save();

  const comparison = await beginComparison(sweeping, report(checkouts));
  if (!isGoingOn) {
    await compareAwaiting(comparison);
    const toldLater = listToldLater(goal, ports, report(checkouts));
    await compare(takeAgain(checkouts), { ...comparison, toldLater });
    if (!(await progress.save())) return false;
  }
  for (
    let next = takeNext(checkouts, goal);
    next;
    next = isTimeUp() ? undefined : takeNext(checkouts, goal)
  ) {
    const { deliveredAhead } = progress;
    progress.deliveredAhead = await compare(next, { ...comparison, deliveredBefore: deliveredAhead });
    if (!(await progress.save())) return false;
  }
  return true;

  /** @returns which of the delivered ones are met again by what is read next */
  async function compare(periods: Period[], given: Comparison): Promise<string[]> {
    const begun = ports.now().getTime();
    const taken = () => ports.now().getTime() - begun;
    const { left, deliveredAhead } = await comparePeriods(periods, {
      ...given,
      // What has been begun is still read to its end.
      isEnough: (held) => held >= ENOUGH_HELD || timeLeft() < 2 * taken() + KEPT_MS,
      // Its sessions and enrollments are read after its events, and take as long as these again.
      isTooMuch: (held) => held >= MOST_HELD || timeLeft() < taken() + KEPT_MS,
    });
    checkouts.left.push(...left);
    return deliveredAhead;
  }
}

async function beginComparison(
  { ports, listener, progress, looked }: Sweeping,
  report: ReportDated,
): Promise<Comparison> {
  const awaiting = new Set<string>();
  async function onDrift(drift: Drift, at: string | undefined): Promise<void> {
    // What waits for a person is found by that, whenever it began, and by its event, too.
    if (at === undefined) awaiting.add(keyOf(drift));
    else if (awaiting.has(keyOf(drift))) return;
    const handled = await deliverLate(drift, ports).catch((error: unknown): HandledDrift => {
      listener.onRepairFailed(drift, error);
      if (at) readAgain(progress.checkouts, at);
      return { ...drift, repair: "failed" };
    });
    if (handled) listener.onDrift(handled);
  }
  return {
    ports,
    looked,
    report,
    onDrift,
    readAgain: (at) => readAgain(progress.checkouts, at),
    hasExecution: undefined,
    toldLater: undefined,
    isEnough: () => false,
    isTooMuch: () => false,
    deliveredBefore: [],
    courseIds: (await ports.courses.listCourses()).map(({ courseId }) => courseId),
  };
}

/** What cannot be read has not told what it would have told, so it is read again until it can be. */
function createReport({ ports, listener }: Sweeping) {
  const told = new Set<string>();
  return (ground: OpenGround): ReportDated =>
    (record, at) => {
      if (at && Date.parse(at) >= ports.now().getTime() - MENDING_MS) readAgain(ground, at);
      if (told.has(record.key)) return;
      told.add(record.key);
      listener.onUnreadable(record);
    };
}
