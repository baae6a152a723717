/**
 * How many executions may be on their way at once. One machine runs a few hundred a second: who starts more waits for a
 * place, and is throttled when none becomes free, instead of piling up work until every step is too late.
 */
import { ServiceError } from "../wire.ts";

/** Enough that nothing ever waits for work, and few enough that each is over long before its steps' patience is. */
const COUNT = 48;
/** Half of what the webhook gives an attempt. */
const PATIENCE_MS = 1_000;
/** An execution that hangs, or waits for its next attempt, is no work: others get its place. */
const LONGEST_HELD_MS = 5_000;

/** Gives the place back; once, however often it is called. */
export type Leave = () => void;

export function createPlaces({
  count = COUNT,
  patienceMs = PATIENCE_MS,
  longestHeldMs = LONGEST_HELD_MS,
} = {}) {
  let free = count;
  const waiting = new Set<(leave: Leave) => void>();

  function take(): Leave {
    let isHeld = true;
    const leave = () => {
      if (!isHeld) return;
      isHeld = false;
      clearTimeout(timer);
      const [next] = waiting;
      if (next) {
        waiting.delete(next);
        next(take());
      } else free += 1;
    };
    const timer = setTimeout(leave, longestHeldMs);
    timer.unref();
    return leave;
  }

  /** In the order in which they came, after all that came before. */
  function enter(): Promise<Leave> {
    if (free === 0) return new Promise((resolve) => waiting.add(resolve));
    free -= 1;
    return Promise.resolve(take());
  }

  /** @throws ThrottlingException when no place becomes free in time */
  function enterSoon(): Promise<Leave> {
    if (free > 0) return enter();
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        waiting.delete(onFree);
        reject(new ServiceError("ThrottlingException", "Rate exceeded"));
      };
      const timer = setTimeout(giveUp, patienceMs);
      const onFree = (leave: Leave) => {
        clearTimeout(timer);
        resolve(leave);
      };
      waiting.add(onFree);
    });
  }

  return { enter, enterSoon };
}
