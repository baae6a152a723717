/** What all commands share: options, one clear sentence instead of a stack trace, and an honest exit code. */
import "./check-node.ts";
import { type Command, CommanderError } from "commander";
import { endProcess } from "./end-process.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { loadEnvFile } from "./load-env-file.ts";
import { printAside } from "./print.ts";
import { sentenceFor } from "./sentence-for.ts";

/**
 * The process ends by itself once nothing is left to do, and not before a pipe that is read slowly has taken everything.
 * @param action given the options and then the operands, in the order of the command line; may set process.exitCode
 * @param sentence what is said of an error
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- commander's own opts() is as trusting
export async function runCommand<Options>(
  program: Command,
  action: (options: Options, ...operands: string[]) => Promise<void>,
  sentence = sentenceFor,
): Promise<void> {
  // package.json says which Node is needed; the SDK would say it again in the midst of what is printed.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  process.stdout.on("error", toleratePipeThatCloses);
  process.once("uncaughtException", (error) => {
    explain(error, sentence);
    endProcess(EXIT_CODES.notDone);
  });
  program.exitOverride().action(async (...parsed: unknown[]) => {
    loadEnvFile(process.env["BURSAR_ENV_FILE"] ?? ".env");
    const operands = parsed.filter((value): value is string => typeof value === "string");
    await action(program.opts() as Options, ...operands);
  });
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      // It has said what is wrong; help, which was asked for, also comes this way.
      process.exitCode = error.exitCode === 0 ? EXIT_CODES.allWell : EXIT_CODES.askedWrongly;
    } else {
      explain(error, sentence);
      process.exitCode = EXIT_CODES.notDone;
    }
  }
}

/** As in `| head -1`: who reads has seen enough, and the work is done all the same. */
function toleratePipeThatCloses(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/** In a sentence, and from where it came only to who asks for it. */
export function explain(error: unknown, sentence = sentenceFor): void {
  printAside(`\n${sentence(error)}`);
  if (process.env["BURSAR_DEBUG"] && error instanceof Error) printAside(error.stack ?? "");
}
