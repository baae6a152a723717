import { expect, test } from "vitest";
import { createLimitStore } from "#handlers/adapters/dynamodb/limits.ts";
import { getItem, keys } from "#handlers/adapters/dynamodb/table.ts";
import { useRealTable } from "#test/support/real-table.ts";

const table = useRealTable();
const window = { userId: "user-ada", limit: "checkouts", since: 1_795_000_020, until: 1_795_000_080 };

test("of many requests at once exactly as many are counted as there may be, and the item knows when to go", async () => {
  const { countRequest } = createLimitStore(table());
  const counted = await Promise.all(Array.from({ length: 40 }, () => countRequest(window, 30)));
  expect(counted.filter(Boolean)).toHaveLength(30);
  expect(await getItem(table(), keys.limit("user-ada", "checkouts", window.since))).toEqual({
    PK: expect.stringMatching(/^LIMIT#[0-9a-f]{64}$/) as string,
    SK: "checkouts#1795000020",
    count: 30,
    forgetAt: window.until,
  });
});

test("another window, another limit and another student are counted apart", async () => {
  const { countRequest } = createLimitStore(table());
  const others = [{ since: window.until }, { limit: "lookUps" }, { userId: "user-eve" }];
  for (const other of others) expect(await countRequest({ ...window, ...other }, 1)).toBe(true);
  expect(await countRequest({ ...window, userId: "user-eve" }, 1)).toBe(false);
});
