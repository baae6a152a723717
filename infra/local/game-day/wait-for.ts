/** Waiting for what a game day says must happen. */
import { setTimeout as pause } from "node:timers/promises";

const POLL_MS = 100;

/** What was waited for and did not come. */
export class DidNotHappen extends Error {}

/** @throws DidNotHappen that names it */
export async function waitFor<T>(
  what: string,
  patienceMs: number,
  find: () => Promise<T | undefined>,
): Promise<T> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    const found = await find();
    if (found !== undefined) return found;
    await pause(POLL_MS);
  }
  throw new DidNotHappen(`waited ${patienceMs / 1000} s for ${what}`);
}
