/** A browser for the journeys in one engine, a window of its own for each; a page that complains fails its journey. */
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import type { Engine } from "./driver.ts";
import { createGuest, type Guest } from "./guest.ts";

/** Said by the console of an engine that counts a declined card among its errors. */
const ABOUT_A_DECLINE = /\b402\b/;

/** @returns opens a window at an address of the client */
export function useEngine(name: string, start: () => Promise<Engine>): (path: string) => Promise<Guest> {
  const { clientUrl } = inject("stack");
  const guests: Guest[] = [];
  let engine: Engine;

  beforeAll(async () => {
    engine = await start();
  });

  afterEach(async () => {
    for (const guest of guests.splice(0)) {
      const { complaints, expected, driver } = guest;
      try {
        await guest.listen();
      } finally {
        await driver.close();
      }
      const known = [ABOUT_A_DECLINE, ...expected];
      expect(complaints.filter((complaint) => !known.some((pattern) => pattern.test(complaint)))).toEqual([]);
    }
  });

  afterAll(() => engine?.close());

  return async (path) => {
    const guest = createGuest(await engine.openWindow(), `${name}-${path.replaceAll("/", "-")}`);
    guests.push(guest);
    await guest.open(clientUrl + path);
    return guest;
  };
}
