/** How long the retries of a state last: each pause is drawn from nothing to its bound, so their sum is a matter of odds. */

export interface Retrier {
  MaxAttempts: number;
  IntervalSeconds?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
}

/** Of the sum's distribution. */
const GRAIN_SECONDS = 1 / 32;

/** Seconds, before jitter. */
export const boundsOf = ({ MaxAttempts, IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds }: Retrier) =>
  Array.from({ length: MaxAttempts }, (_, made) =>
    Math.min(IntervalSeconds * BackoffRate ** made, MaxDelaySeconds ?? Infinity),
  );

/** @returns the seconds before which the share of executions has used up all retries */
export function spentBefore(share: number, retrier: Retrier): number {
  let reached = 0;
  const odds = oddsOfSum(boundsOf(retrier));
  const index = odds.findIndex((odd) => (reached += odd) >= share);
  return middleOf(index, retrier.MaxAttempts);
}

/** @returns the share of executions that has used up all retries before so many seconds are over */
export function shareSpentBefore(seconds: number, retrier: Retrier): number {
  const odds = oddsOfSum(boundsOf(retrier));
  return odds
    .filter((_, index) => middleOf(index, retrier.MaxAttempts) <= seconds)
    .reduce((sum, odd) => sum + odd, 0);
}

const middleOf = (index: number, draws: number) => (index + draws / 2) * GRAIN_SECONDS;

/** Of the sum of uniform draws, in steps of the grain; each further draw spreads every sum evenly over its own range. */
function oddsOfSum(bounds: number[]): number[] {
  let odds = [1];
  for (const bound of bounds) {
    const width = Math.round(bound / GRAIN_SECONDS);
    let within = 0;
    odds = Array.from({ length: odds.length + width - 1 }, (_, index) => {
      within += (odds[index] ?? 0) - (odds[index - width] ?? 0);
      return within / width;
    });
  }
  return odds;
}
