import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { writeTogether } from "#infra/local/storage/write-together.ts";

/** A database whose writes end when the test says so. */
function slowDatabase() {
  const written: unknown[][] = [];
  const ends: { resolve(): void; reject(error: Error): void }[] = [];
  const writes = writeTogether((operations) => {
    written.push(operations.map(({ key }) => key));
    return new Promise<void>((resolve, reject) => ends.push({ resolve, reject }));
  });
  const begun = async (count: number) => {
    await expect.poll(() => written.length).toBe(count);
  };
  return { ...writes, written, ends, begun };
}

test("what comes while a write is under way is written as one, in the order of coming", async () => {
  const { _put, _del, _batch, written, ends, begun } = slowDatabase();
  const first = _put("a", 1);
  await begun(1);
  const later = [
    _put("b", 1),
    _batch([
      { type: "put", key: "c" },
      { type: "del", key: "a" },
    ]),
    _del("d"),
  ];
  await setImmediate();
  expect(written).toEqual([["a"]]);
  ends[0]?.resolve();
  await first;
  await begun(2);
  expect(written[1]).toEqual(["b", "c", "a", "d"]);
  ends[1]?.resolve();
  await Promise.all(later);
});

test("nobody is answered before what they wrote is written", async () => {
  const { _put, ends, begun } = slowDatabase();
  const answered: string[] = [];
  const first = _put("a", 1).then(() => answered.push("a"));
  await begun(1);
  const second = _put("b", 1).then(() => answered.push("b"));
  ends[0]?.resolve();
  await first;
  await begun(2);
  expect(answered).toEqual(["a"]);
  ends[1]?.resolve();
  await second;
});

test("a write that fails is told to all whose it was, and to nobody else", async () => {
  const { _put, ends, begun } = slowDatabase();
  const first = _put("a", 1);
  await begun(1);
  const [second, third] = [_put("b", 1), _put("c", 1)];
  ends[0]?.reject(new Error("no room"));
  await expect(first).rejects.toThrow("no room");
  await begun(2);
  ends[1]?.resolve();
  await expect(Promise.all([second, third])).resolves.toEqual([undefined, undefined]);
});
