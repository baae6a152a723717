/** Somebody at a browser of any engine: looks for things as a person does, and waits for them as long as it takes. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { vi } from "vitest";
import { ARTEFACTS } from "#test/support/browser.ts";
import type { Driver, Place, Query } from "./driver.ts";

/** The stand-in's sign-in page has a button for everybody who was ever there. */
const MOST_PRESSES = 400;
const PATIENCE = { timeout: 60_000, interval: 50 };

export type Guest = ReturnType<typeof createGuest>;

export const role = (role: string, name?: RegExp): Query => ({ role, ...(name && { name: name.source }) });
export const text = (words: RegExp): Query => ({ name: words.source });
export const testId = (id: string): Query => ({ testId: id });

/** @param picture the name of the screenshot that is kept when something does not come */
export function createGuest(driver: Driver, picture: string) {
  const complaints: string[] = [];

  async function listen(): Promise<void> {
    complaints.push(...(await driver.complaints()));
  }

  async function patiently<Outcome>(attempt: () => Promise<Outcome>): Promise<Outcome> {
    const listenAndAttempt = () => listen().then(attempt);
    return vi.waitFor(listenAndAttempt, PATIENCE).catch(async (error: unknown) => {
      await mkdir(ARTEFACTS, { recursive: true });
      await writeFile(path.join(ARTEFACTS, `${picture}.png`), await driver.screenshot());
      throw error;
    });
  }

  async function read(query: Query, place: Place): Promise<string> {
    const found = await driver.read(query, place);
    if (found === null) throw new Error(`not there: ${JSON.stringify(query)}`);
    return found;
  }

  async function requireFocus(query: Query, place: Place): Promise<void> {
    if (!(await driver.isFocused(query, place))) throw new Error(`not focused: ${JSON.stringify(query)}`);
  }

  const at = (place: Place) => ({
    click: (query: Query) => patiently(() => driver.click(query, place)),
    fill: (query: Query, value: string) => patiently(() => driver.fill(query, value, place)),
    waitFor: (query: Query) => patiently(() => read(query, place)),
    waitForFocus: (query: Query) => patiently(() => requireFocus(query, place)),
    /** Tab, as often as it takes. */
    async tabTo(query: Query) {
      await patiently(() => read(query, place));
      for (let presses = 0; presses < MOST_PRESSES; presses++) {
        await driver.press("Tab");
        if (await driver.isFocused(query, place)) return;
      }
      throw new Error(`cannot be reached with Tab: ${JSON.stringify(query)}`);
    },
  });

  return {
    ...at("page"),
    form: at("frame"),
    driver,
    complaints,
    /** What a journey is about. */
    expected: [] as RegExp[],
    listen: () => vi.waitFor(listen, PATIENCE),
    open: (address: string) => vi.waitFor(() => driver.open(address), PATIENCE),
    run: (script: string) => patiently(() => driver.run(script)),
    waitForComplaint: (pattern: RegExp) =>
      patiently(async () => {
        if (!complaints.some((complaint) => pattern.test(complaint)))
          throw new Error(`no complaint: ${pattern}`);
      }),
  };
}
