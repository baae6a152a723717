/** Counts what enrollments use, from what the shipped handlers, steps and the definition do. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { handlerEnvironment } from "#test/support/handler-environment.ts";
import type { Usage } from "../model/meter.ts";
import type { Counted, CountingTask } from "./counted.ts";

const CHILD = fileURLToPath(new URL("count-in-child.ts", import.meta.url));

export async function countUsage(task: CountingTask): Promise<Counted> {
  const child = fork(CHILD, {
    execArgv: ["--import", "tsx"],
    // The names are as long as those of a deployment.
    env: {
      ...process.env,
      ...handlerEnvironment,
      POWERTOOLS_LOG_LEVEL: "INFO",
      POWERTOOLS_METRICS_DISABLED: "false",
      POWERTOOLS_SERVICE_NAME: "bursar",
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const counted = { logBytes: 0, logLines: 0 };
  let lastWords = "";
  const count = (written: Buffer) => {
    counted.logBytes += written.byteLength;
    counted.logLines += written.filter((byte) => byte === NEWLINE).length;
    lastWords = `${lastWords}${written.toString()}`.slice(-LAST_WORDS);
  };
  // Warnings go to the one, all else to the other, and both into the log.
  child.stdout?.on("data", count);
  child.stderr?.on("data", count);
  const ended = once(child, "close") as Promise<[code: number | null]>;
  let usage: Usage | undefined;
  child.once("message", (sent: Usage) => {
    usage = sent;
  });
  child.send(task);
  const [code] = await ended;
  if (code !== 0 || !usage) throw new Error(`Counting has ended with ${code}: ${lastWords}`);
  return { purchases: task.purchases, usage, ...counted };
}

const NEWLINE = 10;
/** Characters. */
const LAST_WORDS = 2_000;
