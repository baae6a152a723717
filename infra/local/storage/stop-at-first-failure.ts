/**
 * Refuses every write after one that has failed, until the next start. LevelDB would go on behind the half of a write that
 * is in its log, and lose at the next start what it has acknowledged since.
 */
import type { ClassicLevel } from "classic-level";
import { explainFailure } from "./explain-failure.ts";

type Perform<Input extends unknown[]> = (...input: Input) => Promise<void>;

/** Of LevelDB itself; abstract-level has each kind of database define them. */
interface Level {
  _batch: Perform<[operations: object[], options: object]>;
  _clear: Perform<[options: object]>;
}

/** @returns the level's writes as they are then; the first failure is also said on stderr */
export function stopAtFirstFailure(level: ClassicLevel<string, unknown>) {
  const { _batch, _clear } = level as unknown as Level;
  let failure: Error | undefined;

  const guard = <Input extends unknown[]>(write: Perform<Input>): Perform<Input> =>
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
  const batch = guard(_batch);
  return { write: (operations: object[]) => batch(operations, {}), clear: guard(_clear) };
}
