/** stripe-mock, Stripe's own: a server that checks requests against Stripe's description of its API, which it carries. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { installGo } from "../tools/go.ts";
import { type JudgeServer, startServer } from "../tools/start-server.ts";

const run = promisify(execFile);

const MODULE = "github.com/stripe/stripe-mock";
const VERSION = "v0.203.0";

export async function startStripeMock(): Promise<JudgeServer> {
  const program = await installGo(MODULE, VERSION);
  return startServer({ program, args: (port) => ["-http-addr", `127.0.0.1:${port}`] });
}

/** @returns where Go keeps the description, which is read and never copied */
export async function findDescription(): Promise<string> {
  const { stdout } = await run("go", ["mod", "download", "-json", `${MODULE}@${VERSION}`]);
  const { Dir } = JSON.parse(stdout) as { Dir: string };
  return path.join(Dir, "embedded/openapi/spec3.json");
}
