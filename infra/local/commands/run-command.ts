/** What all commands share: options, one clear sentence instead of a stack trace, and an honest exit code. */
import type { Command } from "commander";

/** Exit code 1: it did not work. 2, from the option parser: it was asked for wrongly. */
export async function runCommand<Options>(
  program: Command,
  action: (options: Options, ...operands: string[]) => Promise<void>,
): Promise<void> {
  program
    .exitOverride((stop) => process.exit(stop.exitCode === 0 ? 0 : 2))
    .action(async (...parsed: unknown[]) => {
      const operands = parsed.filter((value): value is string => typeof value === "string");
      await action(program.opts() as Options, ...operands);
    });
  try {
    await program.parseAsync();
    process.exit();
  } catch (error) {
    const sentence = error instanceof Error ? error.message : "Something that is not an error was thrown.";
    process.stderr.write(`\n${sentence}\n`);
    if (process.env["BURSAR_DEBUG"] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  }
}
