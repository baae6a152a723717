import * as fc from "fast-check";
import { expect, test } from "vitest";
import { pauseBefore } from "#client/question-pauses.ts";
import { createInMemoryStores } from "#test/support/in-memory-stores.ts";
import { NOON } from "#test/support/purchases.ts";
import { LIMITS, type LimitName, TooManyRequests, takeFromLimit } from "#workflow/limits.ts";

const names = Object.keys(LIMITS) as LimitName[];
const start = Date.parse(NOON);

/** @returns what asks as a student at a second of the test's hour */
function counting(countRequest = createInMemoryStores().countRequest) {
  const away: unknown[] = [];
  const ask = (userId: string, limit: LimitName, second: number) =>
    takeFromLimit(userId, limit, {
      limits: { countRequest },
      now: () => new Date(start + second * 1000),
      onLimitsAway: (error) => away.push(error),
    }).then(
      () => "served" as const,
      (error: unknown) => error as TooManyRequests,
    );
  return { ask, away };
}

const requests = fc.array(
  fc.record({
    userId: fc.constantFrom("user-ada", "user-eve"),
    limit: fc.constantFrom(...names),
    second: fc.integer({ min: 0, max: 150 }),
  }),
  { minLength: 100, maxLength: 600 },
);

test("whatever is asked in whatever order, each student is served as often as may be in a window, and no less", async () => {
  const property = fc.asyncProperty(requests, async (asked) => {
    const { ask } = counting();
    const served = new Map<string, number>();
    const wanted = new Map<string, number>();
    for (const { userId, limit, second } of asked) {
      const key = `${userId} ${limit} ${Math.floor(second / LIMITS[limit].windowSeconds)}`;
      wanted.set(key, (wanted.get(key) ?? 0) + 1);
      if ((await ask(userId, limit, second)) === "served") served.set(key, (served.get(key) ?? 0) + 1);
    }
    for (const [key, count] of wanted) {
      const { most } = LIMITS[key.split(" ")[1] as LimitName];
      expect(served.get(key)).toBe(Math.min(count, most));
    }
  });
  await fc.assert(property, { numRuns: 50 });
});

test("who waits as long as they are told is served again", async () => {
  const { ask } = counting();
  for (let request = 0; request < LIMITS.checkouts.most; request += 1) await ask("user-ada", "checkouts", 10);
  const refusal = await ask("user-ada", "checkouts", 10);
  expect(refusal).toBeInstanceOf(TooManyRequests);
  const { retryAfterSeconds } = refusal as TooManyRequests;
  expect(retryAfterSeconds).toBe(50);
  expect(await ask("user-ada", "checkouts", 10 + retryAfterSeconds - 1)).toBeInstanceOf(TooManyRequests);
  expect(await ask("user-ada", "checkouts", 10 + retryAfterSeconds)).toBe("served");
});

test("another student does not notice", async () => {
  const { ask } = counting();
  for (let request = 0; request < 200; request += 1) await ask("user-eve", "lookUps", 0);
  expect(await ask("user-ada", "lookUps", 0)).toBe("served");
});

test("a return page that is open in five tabs stays below the limit, even of a session that is not known here", async () => {
  const { ask } = counting();
  for (let tab = 0; tab < 5; tab += 1) {
    // The page asks as soon as it is there, and all of a minute falls into one window.
    for (let at = 0, attempt = 0; at < 60_000; at += pauseBefore(attempt++))
      expect(await ask("user-ada", "lookUps", at / 1000)).toBe("served");
  }
});

test("who cannot be counted is served, and somebody is told", async () => {
  const { ask, away } = counting(() => Promise.reject(new Error("the table is away")));
  for (let request = 0; request < 100; request += 1)
    expect(await ask("user-ada", "checkouts", 0)).toBe("served");
  expect(away).toHaveLength(100);
});
