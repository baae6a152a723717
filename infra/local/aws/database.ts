/** Everything that must survive a crash, in one LevelDB directory; DynamoDB's items have a directory of their own. */
import { mkdir } from "node:fs/promises";
import { ClassicLevel } from "classic-level";
import { LocalSetupError } from "#infra/local/settings.ts";

/** A write that has been answered is in the operating system's hands: it outlives the process, though not a power cut. */
export type Database = ClassicLevel;

// A read comes from memory nearly always, and handing it to another thread costs far more than reading. Changed in the
// class itself, since DynamoDB's stand-in builds on the same one and reads twice for each request.
Reflect.set(
  ClassicLevel.prototype,
  "_get",
  async function (this: { _getSync(key: unknown, options: object): unknown }, key: unknown, options: object) {
    return this._getSync(key, options);
  },
);

/** @throws LocalSetupError when another process uses the directory, or its content is damaged */
export async function openDatabase(directory: string): Promise<Database> {
  // It holds secrets and what students have bought; LevelDB itself makes files that everybody may read.
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const database = new ClassicLevel(directory);
  try {
    await database.open();
    return database;
  } catch (error) {
    throw unusableData(directory, error);
  }
}

/** Opens and closes a database that a library will open, since the library would only crash. */
export async function requireReadable(directory: string): Promise<void> {
  const database = await openDatabase(directory);
  await database.close();
}

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
