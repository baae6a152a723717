/** What the one-machine deployment is made of, and how its parts are started in order and stopped in the reverse one. */

export interface Part<Started> {
  /** What is being started, in words for people; a part without is too small for a line of its own. */
  announcement?: string;
  /** What it resolves to is closed with the stack, if it can be. */
  start(): Promise<Started>;
}

export type StartPart = <Started>(part: Part<Started>) => Promise<Started>;

/** @param announce told of each part before it starts */
export function createStarter(announce: (announcement: string) => void) {
  const closers: (() => Promise<void> | void)[] = [];

  async function start<Started>({ announcement, start: startPart }: Part<Started>): Promise<Started> {
    if (announcement) announce(announcement);
    const started = await startPart();
    if (isClosable(started)) closers.push(() => started.close());
    return started;
  }

  return {
    start,
    async close() {
      for (const closeLast of closers.splice(0).reverse()) await closeLast();
    },
  };
}

const isClosable = (started: unknown): started is { close(): Promise<void> | void } =>
  typeof started === "object" && started !== null && "close" in started;
