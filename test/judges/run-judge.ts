/** Runs one judge in a process of its own, so that none meets what another has left. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Verdict } from "./verdict.ts";

/** What a judge's process says. */
export type Message = { step: string } | { verdict: Verdict } | { trouble: string };

const PROCESS = fileURLToPath(new URL("./judge-process.ts", import.meta.url));

/**
 * @param announce told what is being done
 * @throws Error with what the judge stumbled over
 */
export function runJudge(name: string, announce: (step: string) => void): Promise<Verdict> {
  const child = fork(PROCESS, [name], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return new Promise((resolve, reject) => {
    child.on("message", (message: Message) => {
      if ("step" in message) announce(message.step);
      else if ("verdict" in message) resolve(message.verdict);
      else reject(new Error(message.trouble));
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`The judge "${name}" ended with ${code} and said nothing.`)),
    );
  });
}
