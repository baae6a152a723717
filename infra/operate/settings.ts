/** What operators' programs take from the environment, and set in it for AWS's SDK: all of it in this one place. */
import { type Names, nameParts } from "#infra/deployment/names.ts";
import { type AccessKey, findAccessKey } from "#infra/one-machine/access-key.ts";
import { isOnThisMachine } from "#infra/one-machine/aws-connection.ts";

const VARIABLES = [
  "AWS_ENDPOINT_URL",
  "AWS_PORT",
  "CONSOLE_PORT",
  "STRIPE_API_BASE",
  "STRIPE_LOOKING_KEY",
  "STRIPE_PORT",
  "STRIPE_PUBLISHABLE_KEY",
  "STRIPE_SECRET_KEY",
] as const;

/** By the variables' own names, which is how people know them. */
export type OperatorEnvironment = Partial<Record<(typeof VARIABLES)[number], string>>;

/** Blank is as good as unset. */
export function readEnvironment(): OperatorEnvironment {
  return Object.fromEntries(
    VARIABLES.flatMap((name) => {
      const value = process.env[name];
      return value ? [[name, value]] : [];
    }),
  );
}

interface Deployment {
  names: Names;
  environment: OperatorEnvironment;
}

/**
 * Points AWS's SDK, which reads the environment by itself, where the options say. To be called before any client is made.
 * @param local the stack of `npm start`, on its ports or their defaults
 */
export function chooseDeployment({ stage, local }: { stage: string; local?: boolean }): Deployment {
  const environment = readEnvironment();
  if (local) {
    environment.AWS_ENDPOINT_URL ??= `http://localhost:${environment.AWS_PORT ?? 4566}`;
    environment.STRIPE_API_BASE ??= `http://localhost:${environment.STRIPE_PORT ?? 12_111}`;
    process.env["AWS_ENDPOINT_URL"] = environment.AWS_ENDPOINT_URL;
  }
  if (isOnThisMachine(environment.AWS_ENDPOINT_URL)) {
    process.env["AWS_REGION"] ??= "us-east-1";
    useLocalAccessKey();
  }
  silenceTelemetry();
  return { names: nameParts(stage), environment };
}

/** Points AWS's SDK where a program was told, for those of its clients that are told nothing. */
export function pointAt(region: string, endpointUrl: string | undefined): void {
  process.env["AWS_REGION"] = region;
  if (endpointUrl) process.env["AWS_ENDPOINT_URL"] = endpointUrl;
  if (isOnThisMachine(endpointUrl)) useLocalAccessKey();
  silenceTelemetry();
}

/** The steps of the handlers read where table and secrets are as they are loaded: those that are only tried get no such place. */
export function giveStepsNothing(): void {
  const settings = ["EDUCATION_TABLE_NAME", "STRIPE_SECRET_ID", "DEPLOYMENT_NAME"];
  for (const name of settings) process.env[name] = "none";
}

/** @returns the key of the stack on this machine, for programs that hand it on themselves */
export const readAccessKey = (): AccessKey | undefined => findAccessKey(process.env);

/** Logs and metrics are for the deployed functions; a command must not print them. */
function silenceTelemetry(): void {
  process.env["POWERTOOLS_METRICS_DISABLED"] ??= "true";
  process.env["POWERTOOLS_LOG_LEVEL"] ??= "SILENT";
}

function useLocalAccessKey(): void {
  const key = readAccessKey();
  process.env["AWS_ACCESS_KEY_ID"] = key?.accessKeyId ?? process.env["AWS_ACCESS_KEY_ID"] ?? "local";
  process.env["AWS_SECRET_ACCESS_KEY"] =
    key?.secretAccessKey ?? process.env["AWS_SECRET_ACCESS_KEY"] ?? "local";
  // Those of an account come before the key, and a session's token goes with another one.
  if (key) for (const name of ["AWS_PROFILE", "AWS_SESSION_TOKEN"]) delete process.env[name];
}
