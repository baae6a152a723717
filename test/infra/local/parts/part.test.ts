import { expect, test } from "vitest";
import { createStarter, type Part } from "#infra/local/parts/part.ts";

/** A starter whose parts note what becomes of them. */
function createRun() {
  const happened: string[] = [];
  const starter = createStarter((announcement) => happened.push(announcement));
  const part = (name: string): Part<{ close(): Promise<void> }> => ({
    announcement: `announce ${name}`,
    async start() {
      happened.push(`start ${name}`);
      return { close: async () => void happened.push(`close ${name}`) };
    },
  });
  return { ...starter, happened, part };
}

test("parts are announced and started in order, and closed in the reverse one", async () => {
  const { start, close, happened, part } = createRun();
  await start(part("one"));
  await start(part("two"));
  await close();
  expect(happened).toEqual([
    "announce one",
    "start one",
    "announce two",
    "start two",
    "close two",
    "close one",
  ]);
});

test("what was started before a part that does not start is closed, once", async () => {
  const { start, close, happened, part } = createRun();
  await start(part("one"));
  await expect(start({ start: () => Promise.reject(new Error("no port")) })).rejects.toThrow("no port");
  await close();
  await close();
  expect(happened.filter((what) => what.startsWith("close"))).toEqual(["close one"]);
});

test("a part hands on what it started, and need not have anything to close", async () => {
  const { start, close, happened } = createRun();
  expect(await start({ start: async () => 7 })).toBe(7);
  await close();
  expect(happened).toEqual([]);
});
