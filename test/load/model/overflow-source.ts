/** Lambda's reading of the overflow queue: batches, so many at a time, and again after a pause when there was no room. */
import type { OverflowSource } from "#test/resilience/simulation/platform.ts";
import type { Message } from "#test/resilience/simulation/queues.ts";
import type { Usage } from "./meter.ts";

/** Until a batch that Lambda has turned away is tried again; doubled each time. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 20_000;

/** @param most batches at a time */
export function createOverflowSource(
  { agenda, receive, consume }: OverflowSource,
  most: number,
  usage: Usage,
) {
  let busy = 0;

  function poll(): void {
    while (busy < most) {
      const messages = receive();
      if (messages.length === 0) return;
      usage.queueRequests += 1;
      busy += 1;
      void work(messages);
    }
  }

  async function work(messages: Message[]): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        await consume(messages);
        // Deleted together.
        usage.queueRequests += 1;
        break;
      } catch {
        await agenda.sleep(pause);
      }
    }
    busy -= 1;
    poll();
  }

  return (delayMs: number) => agenda.after(delayMs + 1, poll);
}
