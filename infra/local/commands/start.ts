/** `npm start`: the whole of Bursar on one machine, until Ctrl-C. */
import { rm } from "node:fs/promises";
import { Command } from "commander";
import { Listr } from "listr2";
import { runCommand } from "#infra/command-line/run-command.ts";
import { describeRunningStack } from "../running-stack-banner.ts";
import { readLocalSettings } from "../settings.ts";
import { type LocalStack, startStack } from "../stack.ts";

const program = new Command("npm start --")
  .description("Runs Bursar on this machine: client, API, AWS, Stripe and sign-in. Ctrl-C stops it.")
  .option("--fresh", "empty the data directory first")
  .option("--no-client", "skip the client's build; the API runs without its pages")
  .option("--json", "print one line of JSON with the addresses once everything runs")
  .addHelpText(
    "after",
    `
Environment:
  PORT, AWS_PORT, STRIPE_PORT, AUTH_PORT, CONSOLE_PORT   move the ports (3000, 4566, 12111, 9080, 4567)
  BURSAR_DATA_DIR                                        where data lives (.bursar)
  STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY,
  STRIPE_WEBHOOK_SECRET                                  use Stripe itself, with test keys`,
  );

await runCommand(program, async (options: { fresh?: boolean; client: boolean; json?: boolean }) => {
  const settings = readLocalSettings(process.env);
  const interrupted = interruption();
  if (options.fresh) await rm(settings.dataDir, { recursive: true, force: true });

  const stack = await startWithProgress(
    (announce) => startStack({ ...settings, withClient: options.client }, announce),
    options.json,
  );
  process.stdout.write(
    options.json ? `${JSON.stringify(addressesOf(stack))}\n` : describeRunningStack(stack, settings),
  );

  await interrupted;
  if (!options.json) process.stdout.write("\nStopping. What was under way goes on at the next start.\n");
  await stack.close();
});

async function startWithProgress(
  start: (announce: (step: string) => void) => Promise<LocalStack>,
  quiet: boolean | undefined,
): Promise<LocalStack> {
  let stack: LocalStack | undefined;
  const tasks = new Listr(
    [
      {
        title: "Starting Bursar",
        task: async (_context, task) => {
          stack = await start((step) => {
            task.output = step;
          });
          task.title = "Bursar is running";
        },
      },
    ],
    { renderer: quiet ? "silent" : process.stdout.isTTY ? "default" : "simple" },
  );
  await tasks.run();
  if (!stack) throw new Error("The stack did not start.");
  return stack;
}

function addressesOf({ close: _close, ...addresses }: LocalStack) {
  const { stripeUrl = null, consoleUrl = null } = addresses;
  return { ...addresses, stripeUrl, consoleUrl, pid: process.pid };
}

/** Settles at the first Ctrl-C or TERM; a second one ends the process at once. */
function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve();
      });
    }
  });
}
