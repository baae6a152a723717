/** What must survive a crash, in one LevelDB directory: ordered keys with JSON values, written in atomic batches. */
import { mkdir } from "node:fs/promises";
import { ClassicLevel } from "classic-level";
import { LocalSetupError } from "#infra/local/settings.ts";

/** A write that has been answered is in the operating system's hands: it outlives the process, though not a power cut. */
export type Database = ClassicLevel<string, unknown>;

export type Write = { type: "put"; key: string; value: unknown } | { type: "del"; key: string };

/** @throws LocalSetupError when another process uses the directory, or its content is damaged */
export async function openDatabase(directory: string): Promise<Database> {
  await createDirectory(directory);
  return openLevel(new ClassicLevel<string, unknown>(directory, { valueEncoding: "json" }));
}

/** It holds secrets and what students have bought; LevelDB itself makes files that everybody may read. */
export async function createDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
}

/** @throws LocalSetupError when another process uses its directory, or the content is damaged */
export async function openLevel<Level extends ClassicLevel<string, unknown>>(level: Level): Promise<Level> {
  try {
    await level.open();
  } catch (error) {
    throw unusableData(level.location, error);
  }
  return Object.assign(level, { _get: readAtOnce });
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

/** @param error anything that LevelDB says, on opening or later */
export function unusableData(directory: string, error: unknown): LocalSetupError {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const locked = cause instanceof Error && "code" in cause && cause.code === "LEVEL_LOCKED";
  return new LocalSetupError(
    locked
      ? `Another process is using the data in ${directory}: stop that process, or set BURSAR_DATA_DIR to another directory.`
      : `The data in ${directory} is damaged: start with empty data by running \`npm start -- --fresh\`.`,
    { cause: error },
  );
}
