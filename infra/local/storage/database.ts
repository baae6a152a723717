/** What must survive a crash, in one LevelDB directory: ordered keys with JSON values, written in atomic batches. */
import { ClassicLevel } from "classic-level";
import { createDirectory } from "./create-directory.ts";
import { explainFailure } from "./explain-failure.ts";
import { inspectFiles } from "./inspect-files.ts";
import { noteSizesAtClose } from "./sizes-at-close.ts";
import { stopAtFirstFailure } from "./stop-at-first-failure.ts";
import { writeTogether } from "./write-together.ts";

/** A write that has been answered is in the operating system's hands: it outlives the process, though not a power cut. */
export type Database = ClassicLevel<string, unknown>;

export type Write = { type: "put"; key: string; value: unknown } | { type: "del"; key: string };

/** @throws LocalSetupError when another process uses the directory, its content is damaged or it cannot be used */
export async function openDatabase(directory: string): Promise<Database> {
  return openLevel(directory, () => new ClassicLevel<string, unknown>(directory, { valueEncoding: "json" }));
}

/**
 * Says on stderr what of its data is lost.
 * @param create makes what opens itself a moment later, which must not be before the files were looked at
 * @throws LocalSetupError when another process uses the directory, its content is damaged or it cannot be used
 */
export async function openLevel<Level extends ClassicLevel<string, unknown>>(
  directory: string,
  create: () => Level,
): Promise<Level> {
  try {
    await createDirectory(directory);
    const losses = await inspectFiles(directory);
    const level = create();
    await level.open();
    for (const loss of losses) console.error(loss);
    const { write, clear } = stopAtFirstFailure(level);
    return Object.assign(level, {
      _get: readAtOnce,
      _close: noteAtClose(level),
      _clear: clear,
      ...writeTogether(write),
    });
  } catch (error) {
    throw explainFailure(directory, error);
  }
}

/** @returns the level's own closing, after which the sizes are noted; what cannot be noted is only not compared later */
function noteAtClose(level: ClassicLevel<string, unknown>): () => Promise<void> {
  const { _close: close } = level as unknown as { _close(): Promise<void> };
  return async () => {
    await close.call(level);
    await noteSizesAtClose(level.location).catch(() => undefined);
  };
}

/**
 * Behind every read; abstract-level has each kind of database define it. LevelDB's own reads on another thread, but what
 * it reads comes from memory nearly always, and handing that over costs far more than reading.
 */
async function readAtOnce(
  this: { _getSync(key: unknown, options: object): unknown },
  key: unknown,
  options: object,
) {
  return this._getSync(key, options);
}
