/** How every command ends, so that scripts need to learn it once. */
import type { Command } from "commander";

export const EXIT_CODES = { allWell: 0, notDone: 1, askedWrongly: 2, needsPerson: 3 } as const;

const MEANINGS = [
  [EXIT_CODES.allWell, "all is well"],
  [EXIT_CODES.notDone, "it could not be done"],
  [EXIT_CODES.askedWrongly, "it was asked for wrongly"],
] as const;

/**
 * Adds the table to the help of a command that tells more than whether it could be done.
 * @param found what the command calls a finding that needs a person
 */
export function explainExitCodes(program: Command, found: string): Command {
  const lines = [...MEANINGS, [EXIT_CODES.needsPerson, found] as const].map(
    ([code, meaning]) => `  ${code}  ${meaning}`,
  );
  return program.addHelpText("after", `\nExit codes:\n${lines.join("\n")}`);
}
