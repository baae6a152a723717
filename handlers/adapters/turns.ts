/** Takes turns, so that no more calls are made in any stretch of time than a service allows. */

export interface Pace {
  calls: number;
  perMs: number;
}

/** Milliseconds. */
export interface Clock {
  now: () => number;
  wait: (milliseconds: number) => Promise<unknown>;
}

const WALL_CLOCK: Clock = {
  now: () => Date.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** @returns waits until one more call is within the pace, in whatever window it is counted; first come, first served */
export function createTurns({ calls, perMs }: Pace, clock = WALL_CLOCK): () => Promise<void> {
  /** When the latest calls were made: a timer that fires late must not let two rounds of calls meet. */
  const made: number[] = [];
  let queue = Promise.resolve();

  async function waitForTurn(): Promise<void> {
    const [oldest = 0] = made.length < calls ? [] : made;
    for (let left = oldest + perMs - clock.now(); left > 0; left = oldest + perMs - clock.now())
      await clock.wait(left);
    if (made.length === calls) made.shift();
    made.push(clock.now());
  }

  return () => {
    queue = queue.then(waitForTurn);
    return queue;
  };
}
