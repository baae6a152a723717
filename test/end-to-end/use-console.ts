/** The console of a stack of a file's own, visited anew in each test; a page that complains fails its test. */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { DESKTOP, launchBrowser, type Visit, visit } from "#test/support/browser.ts";
import {
  createStackPlace,
  type RunningStack,
  removeStackPlace,
  type StackPlace,
  startRunningStack,
} from "#test/support/running-stack.ts";

interface UsedConsole {
  stack: RunningStack;
  browser: Browser;
  visited: Visit;
}

/**
 * @param prepare what the stack is to find when it starts
 * @returns what is filled before the first test and the file's own beforeAll; `visited` before each test
 */
export function useConsole(prepare: (place: StackPlace) => Promise<void> = async () => {}): UsedConsole {
  const used = {} as UsedConsole;
  let place: StackPlace;

  beforeAll(async () => {
    place = await createStackPlace();
    await prepare(place);
    [used.stack, used.browser] = await Promise.all([
      startRunningStack(place, { client: true }),
      launchBrowser(),
    ]);
  });

  afterAll(async () => {
    await used.browser?.close();
    await used.stack?.stop();
    await removeStackPlace(place);
  });

  beforeEach(async () => {
    used.visited = await visit(used.browser, DESKTOP);
  });

  afterEach(async () => {
    const { context, complaints } = used.visited;
    await context.close();
    if (complaints.length > 0) throw new Error(`the page complained: ${complaints.join("; ")}`);
  });

  return used;
}
