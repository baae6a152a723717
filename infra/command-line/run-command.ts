/** What all commands share: options, one clear sentence instead of a stack trace, and an honest exit code. */
import type { Command } from "commander";

/**
 * Exit code 1: it did not work. 2, from the option parser: it was asked for wrongly.
 * @param action given the options and then the operands, in the order of the command line
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- commander's own opts() is as trusting
export async function runCommand<Options>(
  program: Command,
  action: (options: Options, ...operands: string[]) => Promise<void>,
): Promise<void> {
  // package.json says which Node is needed; the SDK would say it again in the midst of what is printed.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
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
    process.stderr.write(`\n${sentenceFor(error)}\n`);
    if (process.env["BURSAR_DEBUG"] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  }
}

/** What the AWS SDK says of a machine that is not set up names neither the cause nor the cure. */
const AWS_SETUP: [sign: RegExp, sentence: string][] = [
  [
    /^CredentialsProviderError|Could not load credentials/,
    "There are no AWS credentials. Sign in with `aws sso login` and set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
  ],
  [/Region is missing/, "The AWS region is not known. Set AWS_REGION, e.g. AWS_REGION=us-east-1."],
  [/^(ExpiredToken|UnrecognizedClient|InvalidSignature)/, "AWS refuses the credentials. Sign in again."],
];

function sentenceFor(error: unknown): string {
  if (!(error instanceof Error)) return "Something that is not an error was thrown.";
  const said = [error.name, error.message];
  return AWS_SETUP.find(([sign]) => said.some((words) => sign.test(words)))?.[1] ?? error.message;
}
