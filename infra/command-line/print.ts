/**
 * All that commands print. Names and causes are written by others, and a terminal obeys control characters: it would
 * let a student's name clear the screen or fill the clipboard.
 */

/** What a terminal would obey becomes visible instead; lines stay lines. */
export function clean(text: string): string {
  return text.replaceAll("\t", " ").replaceAll(/(?!\n)\p{Cc}/gu, "\u{fffd}");
}

/** For people: ends the line. */
export function print(text: string): void {
  process.stdout.write(`${clean(text).trimEnd()}\n`);
}

/** For programs: one line. JSON escapes only some of the control characters. */
export function printJson(value: unknown, indent?: number): void {
  const json = JSON.stringify(value, undefined, indent);
  process.stdout.write(
    `${json.replaceAll(/[\u007f-\u009f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`)}\n`,
  );
}

/** What is under way or went wrong, beside the output. */
export function printAside(text: string): void {
  process.stderr.write(`${clean(text)}\n`);
}
