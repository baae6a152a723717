/** What the operators' commands share: which deployment they look at, found by its names. */
import { type Command, InvalidArgumentError } from "commander";
import { nameParts, PRODUCTION } from "#infra/deployment/names.ts";

export interface OperatorOptions {
  stage: string;
  local?: boolean;
}

/** Exit codes beside 0: all is well, 1: it did not work, 2: asked for wrongly. */
export const EXIT = { found: 3, couldNotLook: 4 } as const;

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

/** Points the AWS SDK where the options say. To be called before any client is made. */
export function chooseDeployment({ local, stage }: OperatorOptions) {
  const { env } = process;
  if (local) {
    env["AWS_ENDPOINT_URL"] ??= `http://localhost:${env["AWS_PORT"] ?? 4566}`;
    env["STRIPE_API_BASE"] ??= `http://localhost:${env["STRIPE_PORT"] ?? 12_111}`;
  }
  if (/^http:\/\/(localhost|127\.0\.0\.1)\b/.test(env["AWS_ENDPOINT_URL"] ?? "")) {
    env["AWS_REGION"] ??= "us-east-1";
    env["AWS_ACCESS_KEY_ID"] ??= "local";
    env["AWS_SECRET_ACCESS_KEY"] ??= "local";
  }
  // Metrics are for the deployed functions; a command must not print them.
  env["POWERTOOLS_METRICS_DISABLED"] ??= "true";
  env["POWERTOOLS_LOG_LEVEL"] ??= "SILENT";
  return nameParts(stage);
}

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** @param text e.g. `24h` @returns the instant so long ago */
export function readAge(text: string): Date {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (!count) throw new InvalidArgumentError("Write it as 90s, 30m, 24h or 7d.");
  return new Date(Date.now() - Number(count) * UNITS[unit as keyof typeof UNITS]);
}
