/** A command that runs the whole stack until Ctrl-C. */
import { Command } from "commander";
import { print, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { describeRunningStack } from "./running-stack-banner.ts";
import { readLocalSettings } from "./settings.ts";
import type { LocalStack } from "./stack.ts";
import type { StackOptions } from "./stack-options.ts";

const ENVIRONMENT = `
Environment:
  PORT, AWS_PORT, STRIPE_PORT, AUTH_PORT, CONSOLE_PORT   move the ports (3000, 4566, 12111, 9080, 4567)
  BURSAR_DATA_DIR                                        where data lives (.bursar)
  SELLER_NAME, SELLER_LOGO, SELLER_ACCENT,
  SELLER_SUPPORT, SELLER_TERMS, SELLER_PRIVACY           who sells, as students see it
  STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY,
  STRIPE_WEBHOOK_SECRET                                  use Stripe itself, with test keys
  CHECKOUT_PROMOTION_CODES, CHECKOUT_TAX_IDS,
  CHECKOUT_INVOICES, CHECKOUT_TERMS                      on: what the checkout has besides
  CHECKOUT_TAX                                           exclusive or inclusive: tax on top or in the price`;

interface StackCommand {
  /** As it is called, e.g. `npm start`. */
  name: string;
  description: string;
  /** What is printed once all runs, below the addresses. */
  hint?: string;
  options?: Pick<StackOptions, "isLive">;
}

export async function runStackCommand({
  name,
  description,
  hint,
  options: own,
}: StackCommand): Promise<void> {
  const program = new Command(`${name} --`)
    .description(description)
    .option("--fresh", "delete what earlier runs have stored")
    .option("--no-client", "skip the client; the API runs without its pages")
    .option("--json", "print one line of JSON with the addresses once everything runs")
    .addHelpText("after", ENVIRONMENT);

  await runCommand(program, async (options: { fresh?: boolean; client: boolean; json?: boolean }) => {
    const settings = readLocalSettings(process.env);
    const interrupted = interruption();

    const stack = await showProgress("Starting Bursar", options.json, async (announce) => {
      // Loaded late, so that help and refusals come at once.
      const { startStack } = await import("./stack.ts");
      const { client: withClient, fresh = false } = options;
      return startStack({ ...settings, ...own, withClient, fresh }, announce);
    });
    if (options.json) printJson(addressesOf(stack));
    else print([describeRunningStack(stack, settings), hint].filter(Boolean).join("\n"));

    await interrupted;
    if (!options.json) print("\nStopping. What was under way goes on at the next start.");
    await stack.close();
  });
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
