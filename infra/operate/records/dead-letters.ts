/** Dead letters in groups and pages, with how their executions stand, for pages that ask again and again. */
import {
  type DeadLetter,
  type DeadLetterFilter,
  executionOf,
  matchesFilter,
} from "#workflow/dead-letters/read.ts";
import type { DeadLetterQueue } from "#workflow/ports/queues.ts";
import type { FollowedLetters, LetterGroup, ShownLetter } from "./shapes.ts";
import type { Standings } from "./standings.ts";

const LETTERS_PER_PAGE = 50;
/** Milliseconds that one look serves everybody who asks; a long one serves longer, since it keeps letters out of sight. */
const LOOK_IS_FRESH_MS = 2_000;
const LOOK_IS_FRESH_TIMES = 4;

export type LetterReader = ReturnType<typeof createLetterReader>;

interface Look {
  letters: DeadLetter[];
  total: number;
}

export function createLetterReader(
  queue: Pick<DeadLetterQueue, "peekDeadLetters" | "countDeadLetters">,
  standings: Pick<Standings, "listStandings">,
) {
  let last: { freshUntil: number; look: Promise<Look> } | undefined;

  async function look(): Promise<Look> {
    const letters = await queue.peekDeadLetters();
    return { letters, total: Math.max(letters.length, await queue.countDeadLetters()) };
  }

  function lookOnce(): Promise<Look> {
    if (last && Date.now() < last.freshUntil) return last.look;
    const begunAt = Date.now();
    const current = { freshUntil: Infinity, look: look() };
    const end = (isFresh: boolean) => {
      const now = Date.now();
      const freshMs = Math.max(LOOK_IS_FRESH_MS, LOOK_IS_FRESH_TIMES * (now - begunAt));
      current.freshUntil = isFresh ? now + freshMs : 0;
    };
    current.look.then(
      () => end(true),
      () => end(false),
    );
    last = current;
    return current.look;
  }

  return {
    /** @param before how many of the list come before the page */
    async listDeadLetters(filter: DeadLetterFilter, before = 0): Promise<FollowedLetters> {
      const { letters: all, total } = await lookOnce();
      const matching = all.filter((letter) => matchesFilter(letter, filter));
      const shown = matching.slice(before, before + LETTERS_PER_PAGE);
      const standing = await standings.listStandings(shown.flatMap((letter) => executionOf(letter) ?? []));
      return {
        deadLetters: shown.map((letter) => ({
          ...toShown(letter),
          standing: standing.get(executionOf(letter) ?? ""),
        })),
        groups: groupLetters(matching),
        matching: matching.length,
        next: matching.length > before + LETTERS_PER_PAGE ? String(before + LETTERS_PER_PAGE) : undefined,
        errors: different(all.map(({ error }) => error)),
        courseIds: different(all.flatMap(({ courseId }) => courseId ?? [])),
        read: all.length,
        total,
      };
    },

    /** To be called when something was done about a letter. */
    forgetLastLook(): void {
      last = undefined;
    },
  };
}

const different = (words: string[]) => [...new Set(words)].sort();

/** @param letters oldest first */
function groupLetters(letters: DeadLetter[]): LetterGroup[] {
  const groups = new Map<string, LetterGroup>();
  for (const { error, courseId, sentAt } of letters) {
    const key = JSON.stringify([error, courseId]);
    const group = groups.get(key);
    if (group) group.letters += 1;
    else groups.set(key, { error, courseId, letters: 1, sentAt });
  }
  return [...groups.values()].sort((one, other) => other.letters - one.letters);
}

export function toShown({ receiptHandle: _handle, event: _event, ...letter }: DeadLetter): ShownLetter {
  return letter;
}
