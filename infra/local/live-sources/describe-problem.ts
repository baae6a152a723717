/** What is wrong with a source file, in one sentence with its place, and the lines in question below it. */
import path from "node:path";
import { stripVTControlCharacters } from "node:util";

/** `[PARSE_ERROR] Unexpected token`, then a picture of the place, as the parser draws it. */
const DRAWN = /\[[A-Z_]+\] (.+)\n.*\[ (\S+:\d+:\d+) \].*\n([\s\S]*)/;

/**
 * @param error what Vite says of a file that it cannot serve, or what the file itself threw when it was loaded
 * @param root of the sources
 * @returns e.g. `handlers/api.ts:12:5 does not load: Unexpected token`
 */
export function describeProblem(error: unknown, root: string): string {
  const { message, stack = "", id } = Object.assign(new Error(String(error)), asFacts(error));
  const plain = stripVTControlCharacters(message);
  const [, cause, place, picture] = DRAWN.exec(plain) ?? [];
  if (cause && place) return `${place} does not load: ${cause}\n${picture?.trimEnd() ?? ""}`;
  const where = id ?? ownFrameIn(stack, root) ?? "A source file";
  return `${path.isAbsolute(where) ? path.relative(root, where) : where} does not load: ${plain.split("\n")[0]}`;
}

const asFacts = (error: unknown): { message?: string; stack?: string; id?: string } => {
  if (!(error instanceof Error)) return {};
  const { message, stack } = error;
  return { message, ...(stack && { stack }), ...("id" in error && { id: String(error.id) }) };
};

/** The first line of a stack that is in a file of ours. */
function ownFrameIn(stack: string, root: string): string | undefined {
  const frames = stack.split("\n").map((line) => /\(?(?:file:\/\/)?(\/[^()]+:\d+:\d+)\)?$/.exec(line)?.[1]);
  return frames.find((frame) => frame?.startsWith(root) && !frame.includes("/node_modules/"));
}
