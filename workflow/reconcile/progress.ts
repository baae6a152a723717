/** How far the sweeps have come, as it is stored: read once, and saved after each step. */
import type { Ground, Sweep, SweepStore } from "../ports/stores.ts";
import { UnreadableRecord } from "../unreadable-record.ts";
import { closeGround, doneUntil, isRead, type OpenGround, openGround } from "./ground.ts";
import { toSecond } from "./periods.ts";

/** Stripe keeps events for 30 days: after 29 of silence there is a day left for what was not read before it began. */
const FURTHEST_BACK_MS = 30 * 24 * 60 * 60 * 1000;
/** Purchases that are younger may be under way, or wait in the overflow queue. */
const GRACE_MS = 5 * 60 * 1000;
/** As many ids as are kept from one step to the next: about 140 kB, of the 400 that an item may have. */
const MOST_AHEAD = 2_000;

export interface Progress {
  checkouts: OpenGround;
  notices: OpenGround;
  deliveredAhead: string[];
  /** All before is to be read. */
  goal: Date;
  /** The last one had to stop before all was read. */
  wasUnfinished: boolean;
  isFinished(): boolean;
  /** All that happened before has been compared, and what could be started has been. */
  sweptUntil(): string;
  /** @returns false when another sweep has gone on from here: what that one does need not be done twice */
  save(): Promise<boolean>;
}

/** @param onUnreadable told of the record itself when it cannot be read: then all is looked at, until somebody mends it */
export async function openProgress(
  { sweeps, now }: { sweeps: SweepStore; now: () => Date },
  onUnreadable: (record: UnreadableRecord) => void,
): Promise<Progress> {
  let isReadable = true;
  let standing: Sweep | undefined;
  try {
    standing = await sweeps.findSweep();
  } catch (error) {
    if (!(error instanceof UnreadableRecord)) throw error;
    onUnreadable(error);
    isReadable = false;
  }
  const furthest = new Date(toSecond(now().getTime() - FURTHEST_BACK_MS));
  const goal = new Date(toSecond(now().getTime() - GRACE_MS));
  const checkouts = openGround(standing?.checkouts, standing?.sweptUntil, furthest);
  const notices = openGround(standing?.notices, standing?.sweptUntil, furthest);
  const isFinished = () => isRead(checkouts, goal) && isRead(notices, goal);

  const progress: Progress = {
    checkouts,
    notices,
    deliveredAhead: standing?.deliveredAhead ?? [],
    goal,
    wasUnfinished: standing?.isUnfinished ?? false,
    isFinished,
    sweptUntil: () => sweptUntil(closeGround(checkouts), closeGround(notices)),
    async save() {
      if (!isReadable) return true;
      const grounds = { checkouts: closeGround(checkouts), notices: closeGround(notices) };
      const next = {
        saves: (standing?.saves ?? 0) + 1,
        sweptUntil: sweptUntil(grounds.checkouts, grounds.notices),
        isUnfinished: !isFinished(),
        ...grounds,
        // The record is to stay small: those that are left out are looked at once more.
        deliveredAhead: progress.deliveredAhead.slice(0, MOST_AHEAD),
      };
      if (!(await sweeps.saveSweep(next, standing))) return false;
      standing = next;
      return true;
    },
  };
  return progress;
}

const sweptUntil = (...grounds: [Ground, Ground]): string => grounds.map(doneUntil).toSorted()[0] ?? "";
