/** The options that operators' commands share. */
import { type Command, InvalidArgumentError } from "commander";
import { runCommand } from "#infra/command-line/run-command.ts";
import { PRODUCTION } from "#infra/deployment/names.ts";
import { ReasonRefused, readReason } from "#workflow/ledger/entry.ts";

import { sentenceForOperator } from "../sentence-for-operator.ts";

/** As any command; of what AWS denies it says which role has it. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as runCommand itself
export const runOperatorCommand = <Options>(
  program: Command,
  action: (options: Options, ...operands: string[]) => Promise<void>,
): Promise<void> => runCommand(program, action, sentenceForOperator);

export interface OperatorOptions {
  stage: string;
  local?: boolean;
}

export function addOperatorOptions(program: Command): Command {
  return program
    .option("--stage <stage>", "which deployment", PRODUCTION)
    .option("--local", "the stack that `npm start` runs on this machine")
    .addHelpText(
      "after",
      `
Environment:
  AWS_PROFILE, AWS_REGION             the account of the deployment
  AWS_ENDPOINT_URL, STRIPE_API_BASE   where AWS and Stripe are, when they are not at AWS and Stripe;
                                      --local sets both, by AWS_PORT and STRIPE_PORT or their defaults`,
    );
}

/** @param when what else the command line has, e.g. `with --yes: ` */
export function addReasonOption(program: Command, when = ""): Command {
  return program.option("--because <reason>", `${when}why; it stands in the ledger`, (text) => {
    try {
      return readReason(text);
    } catch (error) {
      throw error instanceof ReasonRefused ? new InvalidArgumentError(error.message) : error;
    }
  });
}

/** Ends the command with the exit code of what was asked for wrongly. */
export function requireReason(program: Command, because: string | undefined): void {
  if (!because) program.error("Say why, for those who come after: --because <reason>.");
}

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** @param text e.g. `24h` @returns the instant so long ago */
export function readAge(text: string): Date {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (!count) throw new InvalidArgumentError("Write it as 90s, 30m, 24h or 7d.");
  return new Date(Date.now() - Number(count) * UNITS[unit as keyof typeof UNITS]);
}
