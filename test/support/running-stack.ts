/** The one-machine deployment as a process of its own, as `npm start` runs it, on free ports and in a folder of its own. */
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findFreePorts } from "#infra/local/ports.ts";
import type { Ports } from "#infra/local/settings.ts";
import type { AccessKey } from "#infra/one-machine/access-key.ts";
import { readFirstLine, spawnNpmCommand } from "./run-npm-command.ts";

export interface RunningStack {
  clientUrl: string;
  awsUrl: string;
  stripeUrl: string;
  issuerUrl: string;
  /** Null without the client. */
  consoleUrl: string | null;
  /** What its AWS asks for. */
  accessKey: AccessKey;
  resumedExecutions: number;
  pid: number;
  ports: Ports;
  dataDir: string;
  /** Ctrl-C: resolves with the exit code. */
  stop(): Promise<number | null>;
  /** kill -9. */
  kill(): Promise<void>;
}

export interface StackPlace {
  ports: Ports;
  dataDir: string;
}

export async function createStackPlace(): Promise<StackPlace> {
  return { ports: await findFreePorts(), dataDir: await mkdtemp(path.join(tmpdir(), "bursar-test-")) };
}

export const removeStackPlace = ({ dataDir }: StackPlace) => rm(dataDir, { recursive: true, force: true });

/** The command as a person would give it, in a place of its own. */
export function spawnStart(
  place: StackPlace,
  options: string[],
  env: Record<string, string> = {},
): ChildProcessWithoutNullStreams {
  return spawnNpmCommand("start", options, { env: { ...environmentOf(place), ...env } });
}

/** What a command is told of its place. */
export const environmentOf = ({ ports, dataDir }: StackPlace) => ({
  PORT: String(ports.http),
  AWS_PORT: String(ports.aws),
  STRIPE_PORT: String(ports.stripe),
  AUTH_PORT: String(ports.signIn),
  CONSOLE_PORT: String(ports.console),
  BURSAR_DATA_DIR: dataDir,
});

export async function startRunningStack(
  place: StackPlace,
  { client = false, env = {} }: { client?: boolean; env?: Record<string, string> } = {},
): Promise<RunningStack> {
  return followStart(spawnStart(place, client ? ["--json"] : ["--json", "--no-client"], env), place);
}

/** @param child was started with `--json` */
export async function followStart(
  child: ChildProcessWithoutNullStreams,
  place: StackPlace,
): Promise<RunningStack> {
  const complaints: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const addresses = await Promise.race([
    readFirstLine(child),
    exited.then((code) => {
      throw new Error(`the stack ended with ${code}: ${complaints.join("")}`);
    }),
  ]);
  return {
    ...(JSON.parse(addresses) as Omit<RunningStack, "stop" | "kill" | "ports" | "dataDir">),
    ...place,
    stop() {
      child.kill("SIGINT");
      return exited;
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
