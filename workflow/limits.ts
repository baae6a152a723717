/** How often one student may ask for what is a question to the payment provider. Ordinary use never comes near. */
import type { LimitStore } from "./ports/stores.ts";

export const LIMITS = {
  /** Places asked for: several courses, tabs and reloads, and no loop. */
  checkouts: { most: 30, windowSeconds: 60 },
  /** Checkout sessions that are not known to be the student's, and receipts. The return page asks for a known one. */
  lookUps: { most: 120, windowSeconds: 60 },
} as const satisfies Record<string, { most: number; windowSeconds: number }>;

export type LimitName = keyof typeof LIMITS;

export interface LimitPorts {
  limits: LimitStore;
  now: () => Date;
  /** Told that nothing could be counted; the student is served all the same. */
  onLimitsAway: (error: unknown) => void;
}

/** One student asks too often; others do not notice. */
export class TooManyRequests extends Error {
  override name = "TooManyRequests";
  readonly limit: LimitName;
  /** Until the next window begins. */
  readonly retryAfterSeconds: number;

  constructor(limit: LimitName, retryAfterSeconds: number) {
    super(`more than ${LIMITS[limit].most} ${limit} in ${LIMITS[limit].windowSeconds} seconds`);
    this.limit = limit;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Counts one request, together with every other instance that serves the student.
 * @throws TooManyRequests when there have been as many as there may be in this window
 */
export async function takeFromLimit(
  userId: string,
  limit: LimitName,
  { limits, now, onLimitsAway }: LimitPorts,
): Promise<void> {
  const { most, windowSeconds } = LIMITS[limit];
  const seconds = Math.floor(now().getTime() / 1000);
  const since = seconds - (seconds % windowSeconds);
  const until = since + windowSeconds;
  const isWithin = await limits
    .countRequest({ userId, limit, since, until }, most)
    .catch((error: unknown) => {
      onLimitsAway(error);
      return true;
    });
  if (!isWithin) throw new TooManyRequests(limit, until - seconds);
}
