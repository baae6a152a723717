/** Runs the sweep of a day in a process of its own, so that what it needs of memory is measured and not what others do. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { MillionResult } from "./run-million.ts";

/** Of the process as a whole: the heap, the sources and Node itself. */
export interface ApartResult extends MillionResult {
  megabytes: number;
  megabytesBefore: number;
  seconds: number;
}

export type Message = { sweptUntil: string } | { result: ApartResult };

export async function runApart(
  purchases: number,
  announce: (sweptUntil: string) => void,
): Promise<ApartResult> {
  const child = fork(fileURLToPath(new URL("./apart.ts", import.meta.url)), [String(purchases)], {
    execArgv: ["--import", "tsx", "--max-old-space-size=128", "--max-semi-space-size=8"],
  });
  let result: ApartResult | undefined;
  child.on("message", (message: Message) => {
    if ("result" in message) ({ result } = message);
    else announce(message.sweptUntil);
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (!result) throw new Error(`The sweep's process has ended before the sweep (${code ?? "killed"}).`);
  return result;
}
