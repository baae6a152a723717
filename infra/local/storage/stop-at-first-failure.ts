/**
 * Refuses every write after one that has failed, until the next start. LevelDB would go on behind the half of a write that
 * is in its log, and lose at the next start what it has acknowledged since.
 */
import type { ClassicLevel } from "classic-level";
import { explainFailure } from "./explain-failure.ts";

type Perform = (...input: unknown[]) => Promise<void>;

/** Behind every write; abstract-level has each kind of database define them. */
const WRITES = ["_put", "_del", "_batch", "_clear"] as const;

/** @returns the level's writes as they are then; the first failure is also said on stderr */
export function stopAtFirstFailure(level: ClassicLevel<string, unknown>): Record<string, Perform> {
  const performs = level as unknown as Record<(typeof WRITES)[number], Perform>;
  let failure: Error | undefined;

  const guard = (write: Perform): Perform =>
    async function guarded(...input) {
      if (failure) throw failure;
      try {
        await write.apply(level, input);
      } catch (error) {
        if (!failure) {
          failure = explainFailure(level.location, error);
          console.error(`${failure.message} Nothing more is stored until Bursar is started again.`);
        }
        throw failure;
      }
    };
  return Object.fromEntries(WRITES.map((name) => [name, guard(performs[name])]));
}
