/** Runs a command of package.json's as a person would, and says how it ended. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { AccessKey } from "#infra/one-machine/access-key.ts";
import packageJson from "../../package.json" with { type: "json" };
import type { RunningStack } from "./running-stack.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/** What the tests' own environment has and a person's shell has not. */
const FOREIGN =
  /^(VITEST|NODE_ENV$|POWERTOOLS_|AWS_|STRIPE_|CLIENT_URL|STATE_MACHINE_ARN|SIGNING_|OVERFLOW_QUEUE_URL|EDUCATION_)/;

export type Script = keyof typeof packageJson.scripts;

export interface CommandPlace {
  /** Beside what a person's shell has. */
  env?: Record<string, string>;
  /** Instead of the repository's root. */
  cwd?: string;
  /** Modules that are loaded before the command is. */
  imports?: string[];
}

interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Where a running stack has its AWS and its Stripe, and its key, for a command's environment. */
export const endpointsOf = ({
  awsUrl,
  stripeUrl,
  accessKey,
}: Pick<RunningStack, "awsUrl" | "stripeUrl" | "accessKey">) => ({
  AWS_ENDPOINT_URL: awsUrl,
  ...credentialsOf(accessKey),
  STRIPE_API_BASE: stripeUrl,
});

export const credentialsOf = ({ accessKeyId, secretAccessKey }: AccessKey) => ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
});

/** The scripts that are commands of ours: one TypeScript file each. */
export const COMMANDS = (Object.keys(packageJson.scripts) as Script[]).filter((script) => fileOf(script));

function fileOf(script: Script): string | undefined {
  return /^node infra\/(?:command-line\/run-sources|builds\/run-kept)\.js (\S+\.ts)$/.exec(
    packageJson.scripts[script],
  )?.[1];
}

/** @param script its name in package.json, e.g. `dead-letters` */
export function spawnNpmCommand(
  script: Script,
  words: string[],
  place: CommandPlace = {},
): ChildProcessWithoutNullStreams {
  const file = fileOf(script);
  if (!file) throw new Error(`npm run ${script} is not one TypeScript file`);
  if (packageJson.scripts[script].includes("run-kept"))
    return spawnNode([path.join(root, "infra/builds/run-kept.js"), path.join(root, file), ...words], place);
  return spawnCommand(path.join(root, file), words, place);
}

export const spawnCommand = (
  file: string,
  words: string[],
  { imports = [], ...place }: CommandPlace = {},
): ChildProcessWithoutNullStreams => spawnNode([file, ...words], { ...place, imports: [tsx, ...imports] });

function spawnNode(
  words: string[],
  { env = {}, cwd = root, imports = [] }: CommandPlace,
): ChildProcessWithoutNullStreams {
  const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  const loaded = imports.flatMap((module) => ["--import", module]);
  return spawn(process.execPath, [...loaded, ...words], {
    cwd,
    // What a developer has in `.env` is nothing to a test.
    env: { ...Object.fromEntries(inherited), BURSAR_ENV_FILE: "", ...env },
  });
}

export function runNpmCommand(
  script: Script,
  words: string[],
  env: Record<string, string> = {},
): Promise<CommandResult> {
  return resultOf(spawnNpmCommand(script, words, { env }));
}

/** For commands that go on after they have said where they are. */
export function readFirstLine({ stdout }: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((resolve) => createInterface({ input: stdout }).once("line", resolve));
}

export function resultOf(child: ChildProcessWithoutNullStreams): Promise<CommandResult> {
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
}
