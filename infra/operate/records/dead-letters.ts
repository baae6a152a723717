/** Dead letters with how their executions stand, for pages that ask again and again. */
import { type DeadLetter, executionOf } from "#workflow/dead-letters/read.ts";
import type { DeadLetterQueue } from "#workflow/ports/queues.ts";
import type { FollowedLetters, ShownLetter } from "./shapes.ts";
import type { Standings } from "./standings.ts";

const SHOWN = 200;
/** Milliseconds that one look serves everybody who asks. */
const LOOK_IS_FRESH_MS = 2_000;

export type LetterReader = ReturnType<typeof createLetterReader>;

export function createLetterReader(
  queue: Pick<DeadLetterQueue, "peekDeadLetters" | "countDeadLetters">,
  standings: Pick<Standings, "listStandings">,
) {
  let last: { at: number; letters: Promise<FollowedLetters> } | undefined;

  async function readLetters(): Promise<FollowedLetters> {
    const letters = await queue.peekDeadLetters(SHOWN);
    const [standing, count] = await Promise.all([
      standings.listStandings(letters.flatMap((letter) => executionOf(letter) ?? [])),
      queue.countDeadLetters(),
    ]);
    const deadLetters = letters.map((letter) => ({
      ...toShown(letter),
      standing: standing.get(executionOf(letter) ?? ""),
    }));
    return { deadLetters, total: Math.max(letters.length, count) };
  }

  return {
    listDeadLetters(): Promise<FollowedLetters> {
      if (!last || Date.now() - last.at > LOOK_IS_FRESH_MS) last = { at: Date.now(), letters: readLetters() };
      return last.letters;
    },

    /** To be called when something was done about a letter. */
    forgetLastLook(): void {
      last = undefined;
    },
  };
}

export function toShown({ receiptHandle: _handle, event: _event, ...letter }: DeadLetter): ShownLetter {
  return letter;
}
