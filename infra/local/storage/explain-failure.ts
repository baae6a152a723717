/** Why data cannot be used: the true cause in one sentence, and never the advice to delete what is only out of reach. */
import { systemCause } from "#infra/command-line/system-causes.ts";
import { LocalSetupError } from "#infra/local/settings.ts";

/**
 * @param directory of the data, or of one of its databases
 * @param error anything that the file system or LevelDB says, on opening or later
 */
export function explainFailure(directory: string, error: unknown): LocalSetupError {
  if (error instanceof LocalSetupError) return error;
  return new LocalSetupError(sentenceFor(directory, error), { cause: error });
}

function sentenceFor(directory: string, error: unknown): string {
  const { message } = rootOf(error);
  const cause = systemCause(error);
  if (cause) return `Bursar cannot use ${fileIn(rootOf(error)) ?? directory}: ${cause}. Nothing was deleted.`;
  if (isLocked(error)) {
    return `Another process is using the data in ${directory}: stop that process, or set BURSAR_DATA_DIR to another directory.`;
  }
  if (isDamage(error)) return damaged(directory, message);
  return `Bursar cannot use its data in ${directory}: ${message}. Nothing was deleted.`;
}

/** @param fault what is wrong with it, without a full stop */
export const damaged = (directory: string, fault: string) =>
  `The data in ${directory} is damaged: ${fault}. Put it back from a copy, or start with empty data by running \`npm start -- --fresh\`.`;

export const isLocked = (error: unknown) => rootOf(error).code === "LEVEL_LOCKED" && !systemCause(error);

/** LevelDB names a file that it has lost like any other that cannot be opened. */
export function isDamage(error: unknown): boolean {
  const { code, message } = rootOf(error);
  return (
    code === "LEVEL_CORRUPTION" ||
    (code === "LEVEL_IO_ERROR" && message.endsWith("No such file or directory"))
  );
}

/** What abstract-level says only wraps what LevelDB said. */
function rootOf(error: unknown): Error & { code?: unknown; path?: unknown } {
  if (!(error instanceof Error)) return new Error(String(error));
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}

/** Node keeps the path in a field, LevelDB in its words. */
function fileIn(error: Error & { path?: unknown }): string | undefined {
  if (typeof error.path === "string") return error.path;
  return /^IO error: (?:lock )?(\S.*): [^:]+$/.exec(error.message)?.[1];
}
