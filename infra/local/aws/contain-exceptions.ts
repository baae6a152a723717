/** Takes what a library throws out of its own callbacks, where nobody can catch it, before it ends the process. */

import { endProcess } from "#infra/command-line/end-process.ts";
import { EXIT_CODES } from "#infra/command-line/exit-codes.ts";
import { explain } from "#infra/command-line/run-command.ts";

interface Container {
  /** A part of the path that the library's code runs from. */
  library: string;
  onException: (error: Error) => void;
}

/** Its types know the event only as something to listen to. */
const { emit } = process as unknown as { emit(name: string, ...words: unknown[]): boolean };

const containers = new Set<Container>();

/**
 * What others throw goes where it would have gone.
 * @param library e.g. `/node_modules/dynalite/`
 * @returns what takes it back
 */
export function containExceptions(library: string, onException: (error: Error) => void): () => void {
  const container = { library, onException };
  if (containers.size === 0) process.setUncaughtExceptionCaptureCallback(takeException);
  containers.add(container);
  return () => {
    containers.delete(container);
    if (containers.size === 0) process.setUncaughtExceptionCaptureCallback(null);
  };
}

function takeException(error: Error): void {
  const thrower =
    String(error.stack)
      .split("\n")
      .find((line) => line.startsWith("    at ")) ?? "";
  const concerned = [...containers].filter(({ library }) => thrower.includes(library));
  if (concerned.length > 0) for (const { onException } of concerned) onException(error);
  else if (!emit.call(process, "uncaughtException", error, "uncaughtException")) end(error);
}

/** As Node does where nobody listens, but in a sentence. */
function end(error: Error): void {
  explain(error);
  endProcess(EXIT_CODES.notDone);
}
