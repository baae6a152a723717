/** How much memory a stack needs once its garbage is collected: what is left otherwise depends on when V8 last looked. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { RunningStack, StackPlace } from "#test/support/running-stack.ts";

const fileIn = ({ dataDir }: StackPlace) => path.join(dataDir, "memory.json");

/** What makes a stack report its memory. */
export const reportingEnvironment = (place: StackPlace): Record<string, string> => ({
  BENCH_MEMORY_FILE: fileIn(place),
  NODE_OPTIONS: `--import=${new URL("./report-memory.mjs", import.meta.url).href}`,
});

/** @returns megabytes that the operating system counts as the process's, its data and all that LevelDB holds with it */
export async function readMemory(stack: RunningStack): Promise<number> {
  const file = fileIn(stack);
  rmSync(file, { force: true });
  process.kill(stack.pid, "SIGUSR2");
  while (!existsSync(file)) await pause(20);
  const { rss } = JSON.parse(readFileSync(file, "utf8")) as NodeJS.MemoryUsage;
  return rss / 1e6;
}
