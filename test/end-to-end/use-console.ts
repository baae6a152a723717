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
import { createStackClients, type StackClients } from "#test/support/stack-clients.ts";

interface UsedConsole {
  stack: RunningStack;
  clients: StackClients;
  browser: Browser;
  visited: Visit;
  /** @param path on the console, from its slash on */
  address: (path: string) => string;
}

/**
 * @param prepare what the stack is to find when it starts
 * @returns what is filled before the first test and the file's own beforeAll; `visited` before each test
 */
export function useConsole(prepare: (place: StackPlace) => Promise<void> = async () => {}): UsedConsole {
  const used = { address: (path) => `${used.stack.consoleUrl}${path}` } as UsedConsole;
  let place: StackPlace;

  beforeAll(async () => {
    place = await createStackPlace();
    await prepare(place);
    [used.stack, used.browser] = await Promise.all([
      startRunningStack(place, { client: true }),
      launchBrowser(),
    ]);
    used.clients = createStackClients(used.stack);
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
