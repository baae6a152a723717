/** Reads `.env`: somebody's own settings, for every command alike. What the shell says stands. */
import { readFileSync } from "node:fs";
import { loadEnvFile as load } from "node:process";

/** A name and a value, in quotes also over several lines; a comment; or nothing. */
const LINES =
  /^(?:[ \t]*(?:export[ \t]+)?[\w.-]+[ \t]*=[ \t]*(?:"[^"]*"|'[^']*'|`[^`]*`|[^\n"'`][^\n]*)?[ \t]*(?:#[^\n]*)?|[ \t]*#[^\n]*|[ \t]*)\r?$/gm;

/**
 * @param file empty: none
 * @throws Error whose message is one sentence, never with a value in it, when the file is there and cannot be used
 */
export function loadEnvFile(file: string): void {
  const text = file === "" ? undefined : readIfThere(file);
  if (text === undefined) return;
  const rest = text.replaceAll(LINES, "").trim();
  if (rest) {
    const line = text.slice(0, text.indexOf(rest)).split("\n").length;
    throw new Error(`${file} cannot be used: line ${line} is not NAME=value.`);
  }
  load(file);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, { cause: error });
  }
}
