/** A server of somebody else's, on a free port of this machine, for as long as it is asked. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { findFreePorts } from "#infra/local/ports.ts";

export interface JudgeServer {
  /** E.g. `http://127.0.0.1:40123`. */
  url: string;
  stop(): Promise<void>;
}

interface Program {
  program: string;
  args: (port: number) => string[];
  env?: (port: number) => Record<string, string>;
}

const PATIENCE_MS = 60_000;

/** @throws Error with its last words when it ends, or does not answer within a minute */
export async function startServer({ program, args, env }: Program): Promise<JudgeServer> {
  const { http: port } = await findFreePorts();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(program, args(port), {
    env: { ...process.env, ...env?.(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const listen = (text: Buffer) => (said = `${said}${text.toString()}`.slice(-2000));
  server.stdout.on("data", listen);
  server.stderr.on("data", listen);
  let ended = false;
  const end = once(server, "close").then(() => (ended = true));
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);

  const stop = async () => {
    process.off("exit", kill);
    kill();
    await end;
  };
  for (const deadline = Date.now() + PATIENCE_MS; !(await answers(url)); await pause(100)) {
    if (!ended && Date.now() < deadline) continue;
    await stop();
    throw new Error(`${program} ${ended ? "ended" : "does not answer"}. It said: ${said}`);
  }
  return { url, stop };
}

const answers = (url: string) =>
  fetch(url, { signal: AbortSignal.timeout(1000) }).then(
    () => true,
    () => false,
  );
