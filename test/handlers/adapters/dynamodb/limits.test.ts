import { expect, test, vi } from "vitest";
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

test("who goes on when a window is used up costs no more writes, and is counted anew in the next one", async () => {
  const { client } = table();
  const { countRequest } = createLimitStore(table());
  const later = { ...window, userId: "user-grace" };
  expect([await countRequest(later, 1), await countRequest(later, 1)]).toEqual([true, false]);
  const send = vi.spyOn(client, "send");
  expect([await countRequest(later, 1), await countRequest(later, 1)]).toEqual([false, false]);
  expect(send).not.toHaveBeenCalled();
  send.mockRestore();
  expect(await countRequest({ ...later, since: later.until, until: later.until + 60 }, 1)).toBe(true);
});
