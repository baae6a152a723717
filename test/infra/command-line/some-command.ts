/** A command that does what is asked of it, so that a test sees how commands end. */
import { Command } from "commander";
import { print, printAside, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";

interface Options {
  lines?: string;
  fail?: string;
  failLater?: string;
  askWrongly?: boolean;
  json?: string;
}

const program = new Command("some-command")
  .option("--lines <count>", "print so many long lines, and say aside when that is done")
  .option("--fail <message>", "fail at once")
  .option("--fail-later <message>", "fail where nobody waits for it")
  .option("--ask-wrongly", "find out that an option does not fit")
  .option("--json <text>", "print the text as JSON");

await runCommand(program, async (options: Options) => {
  if (options.lines) {
    print(Array.from({ length: Number(options.lines) }, () => "x".repeat(99)).join("\n"));
    printAside("printed");
  }
  if (options.fail) throw new Error(options.fail);
  if (options.failLater) {
    const { failLater } = options;
    setTimeout(() => {
      throw new Error(failLater);
    }, 1);
  }
  if (options.askWrongly) program.error("That does not fit.");
  if (options.json) printJson({ text: options.json });
});
