import { expect, test } from "vitest";
import { createFindOwner } from "#infra/one-machine/peer-owner.ts";

/** As Linux writes them: a listener, the two ends of a connection, one that is closed, and one to another port. */
const TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:11D7 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 2418672 1 00000000fdcb050e 100 0 0 10 0
   1: 0100007F:11D7 0100007F:D2A4 01 00000000:00000000 00:00000000 00000000  1000        0 2418674 1 000000006d2ec006 20 0 0 10 -1
   2: 0200007F:D2A4 0100007F:11D7 01 00000000:00000000 00:00000000 00000000  1002        0 2418675 2 00000000ddab26c0 20 0 0 10 -1
   3: 0100007F:D2A4 0100007F:11D8 01 00000000:00000000 00:00000000 00000000  1003        0 2418676 2 00000000ddab26c0 20 0 0 10 -1
   4: 0100007F:D2A4 0100007F:11D7 01 00000000:00000000 00:00000000 00000000  1001        0 2418673 2 00000000ddab26c0 20 0 0 10 -1
   5: 0100007F:D2A5 0100007F:11D7 06 00000000:00000000 03:000001F6 00000000     0        0 0 3 00000000b8d1864c
`;
const TCP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000001000000:D2A6 00000000000000000000000001000000:11D7 01 00000000:00000000 00:00000000 00000000  1004        0 2418680 2 00000000ddab26c0 20 0 0 10 -1
   1: 0000000000000000FFFF00000100007F:D2A7 0000000000000000FFFF00000100007F:11D7 01 00000000:00000000 00:00000000 00000000  1005        0 2418681 2 00000000ddab26c0 20 0 0 10 -1
`;
const TABLES = { tcp: TCP, tcp6: TCP6 };
const CONSOLE_PORT = 4567;

test.each([
  ["of 127.0.0.1", "127.0.0.1", 0xd2a4, 1001],
  ["of another address with the same port", "127.0.0.2", 0xd2a4, 1002],
  ["of ::1", "::1", 0xd2a6, 1004],
  ["of 127.0.0.1 by a socket of the other family", "127.0.0.1", 0xd2a7, 1005],
  ["that its process has closed, which says root's number, is nobody's", "127.0.0.1", 0xd2a5, undefined],
  ["that is in no table is nobody's", "127.0.0.1", 0xd2a8, undefined],
])("a connection %s", async (_which, remoteAddress, remotePort, owner) => {
  const find = createFindOwner(async (table) => TABLES[table]);
  expect(await find({ remoteAddress, remotePort, localPort: CONSOLE_PORT })).toBe(owner);
});

const ends = { remoteAddress: "127.0.0.1", remotePort: 0xd2a4, localPort: CONSOLE_PORT };

test("a row that a changing table has skipped is found at the second reading", async () => {
  const readings = ["", TCP];
  const find = createFindOwner(async (table) => (table === "tcp" ? readings.shift() : undefined) ?? "");
  expect(await find(ends)).toBe(1001);
});

test("a hundred connections at once read the table twice at most, and each after it was there", async () => {
  const readings: (() => void)[] = [];
  let table = "";
  const find = createFindOwner(async () => {
    await new Promise<void>((resolve) => readings.push(resolve));
    return table;
  });
  const first = find(ends);
  await expect.poll(() => readings.length).toBe(1);
  const others = Promise.all(Array.from({ length: 99 }, () => find(ends)));
  table = TCP;
  readings[0]?.();
  await first;
  await expect.poll(() => readings.length).toBe(2);
  readings[1]?.();
  expect(new Set(await others)).toEqual(new Set([1001]));
  expect(readings).toHaveLength(2);
});

test("a table that cannot be read is said, and asked again for the next connection", async () => {
  const readings = [() => Promise.reject(new Error("EMFILE")), () => Promise.resolve(TCP)];
  const find = createFindOwner(() => readings.shift()?.() ?? Promise.resolve(""));
  await expect(find(ends)).rejects.toThrow("EMFILE");
  expect(await find(ends)).toBe(1001);
});
