/** The folder that data lives in: which folder may be used, by whom, and what of it `--fresh` may delete. */
import { existsSync } from "node:fs";
import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { ClassicLevel } from "classic-level";
import { LocalSetupError } from "#infra/local/settings.ts";
import { CREDENTIALS_FILE } from "#infra/one-machine/access-key.ts";
import { createDirectory } from "./create-directory.ts";
import { explainFailure, isDamage, isLocked } from "./explain-failure.ts";

/** A folder without it is not ours, whatever its name. */
const MARK = "bursar-data.txt";
const MARK_TEXT = "Bursar keeps its data in this folder, and `npm start -- --fresh` deletes that data.\n";

/** Held open while a stack runs; LevelDB's lock ends with its process, however that ends. */
const LOCK = "in-use";

/** All that a stack makes here but its mark, its lock and its key. */
const CONTENT = ["aws", "sign-in", "stripe"];

/** Earlier versions locked nothing but these. */
const DATABASES = ["aws/state", "aws/dynamodb", "stripe"];

/** What is in a data folder that an earlier version made. */
const KNOWN_FILE =
  /^(aws|aws-credentials|aws\/state|aws\/dynamodb|stripe|sign-in|sign-in\/sign-in-keys\.json(\.new)?|(aws\/state|aws\/dynamodb|stripe)\/(CURRENT|LOCK|LOG(\.old)?|MANIFEST-\d+|sizes-at-close\.json|\d+\.(log|log\.damaged|ldb|sst|dbtmp)))$/;

/**
 * Makes the folder if it is missing, and keeps it from other stacks until it is closed.
 * @param fresh deletes the data of earlier runs, once all is certain
 * @throws LocalSetupError when the folder is somebody else's, another stack uses it, or it cannot be used; nothing is deleted then
 */
export async function claimDataDirectory(
  directory: string,
  { fresh = false }: { fresh?: boolean } = {},
): Promise<{ close(): Promise<void> }> {
  let lock: ClassicLevel | undefined;
  try {
    await requireOwn(directory);
    lock = await takeLock(directory);
    if (fresh) await emptyDirectory(directory);
    return lock;
  } catch (error) {
    await lock?.close();
    throw explainFailure(directory, error);
  }
}

async function requireOwn(directory: string): Promise<void> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  if (names?.includes(MARK)) return;
  const isOurs =
    !names ||
    (names.every((name) => [...CONTENT, CREDENTIALS_FILE].includes(name)) &&
      (await isOfEarlierVersion(directory)));
  if (!isOurs) {
    throw new LocalSetupError(
      `BURSAR_DATA_DIR names ${directory}, where other things are than Bursar's data: name a folder that is new or empty. Nothing was changed.`,
    );
  }
  await createDirectory(directory);
  await writeFile(path.join(directory, MARK), MARK_TEXT, { mode: 0o600 });
}

async function isOfEarlierVersion(directory: string): Promise<boolean> {
  const files = await readdir(directory, { recursive: true });
  return files.every((file) => KNOWN_FILE.test(file.split(path.sep).join("/")));
}

/** It holds nothing, so one that is damaged is made anew. */
async function takeLock(directory: string): Promise<ClassicLevel> {
  const location = path.join(directory, LOCK);
  await createDirectory(location);
  const lock = new ClassicLevel(location);
  try {
    await lock.open();
  } catch (error) {
    if (!isDamage(error)) throw explainFailure(directory, error);
    await rm(location, { recursive: true });
    await createDirectory(location);
    await lock.open();
  }
  return lock;
}

/** @throws LocalSetupError when a stack of an earlier version has it open */
async function requireUnused(database: string): Promise<void> {
  if (!existsSync(path.join(database, "CURRENT"))) return;
  const level = new ClassicLevel(database, { createIfMissing: false });
  try {
    await level.open();
  } catch (error) {
    if (isLocked(error)) throw explainFailure(database, error);
  } finally {
    await level.close();
  }
}

async function emptyDirectory(directory: string): Promise<void> {
  for (const database of DATABASES) await requireUnused(path.join(directory, database));
  for (const name of CONTENT) await rm(path.join(directory, name), { recursive: true, force: true });
}
