import { readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openDatabase } from "#infra/local/storage/database.ts";
import { listFiles, makeFolder } from "#test/support/use-folder.ts";

const WRITES = 400;

let folder: string;
const stderr = vi.spyOn(console, "error").mockImplementation(() => {});

beforeEach(async () => {
  folder = await makeFolder();
  const database = await openDatabase(folder);
  for (let index = 0; index < WRITES; index += 1) {
    await database.put(`key-${index}`, { text: "x".repeat(200) });
  }
  await database.close();
});

afterEach(() => stderr.mockClear());

const find = async (name: RegExp) =>
  path.join(folder, (await readdir(folder)).find((file) => name.test(file)) ?? "missing");

async function countAfterOpening(): Promise<number> {
  const database = await openDatabase(folder);
  try {
    return (await database.keys().all()).length;
  } finally {
    await database.close();
  }
}

const said = () => stderr.mock.calls.flat().join("\n");

test("what is whole is opened without a word, after a close and after another", async () => {
  expect(await countAfterOpening()).toBe(WRITES);
  expect(await countAfterOpening()).toBe(WRITES);
  expect(said()).toBe("");
});

describe("a log of which something is lost is said, and kept", () => {
  async function expectLoss(words: RegExp) {
    const log = await find(/\.log$/);
    const harmed = await readFile(log);
    const left = await countAfterOpening();
    expect(left).toBeLessThan(WRITES);
    expect(said()).toContain(`Some data is lost: ${log} was cut or altered`);
    expect(said()).toMatch(words);
    expect(await readFile(`${log}.damaged`)).toEqual(harmed);
  }

  test("when it was cut in the midst of a write", async () => {
    const log = await find(/\.log$/);
    await truncate(log, (await stat(log)).size - 100);
    await expectLoss(/100 bytes at its end are missing and \d+ of its bytes cannot be read/);
  });

  test("when it was cut between two writes", async () => {
    await truncate(await find(/\.log$/), 0);
    await expectLoss(/\d{5} bytes at its end are missing\./);
  });

  test.each([
    ["a byte of what was written", 5_000],
    ["a length", 4],
    ["a kind of record", 6],
  ])("when it was flipped in %s", async (_where, at) => {
    const log = await find(/\.log$/);
    const content = await readFile(log);
    content[at] = (content[at] ?? 0) ^ 0xff;
    await writeFile(log, content);
    await expectLoss(/\d+ of its bytes cannot be read/);
  });

  test("when a part of it became zeros", async () => {
    const log = await find(/\.log$/);
    await writeFile(log, (await readFile(log)).fill(0, 3_000, 40_000));
    await expectLoss(/\d{5} of its bytes cannot be read/);
  });

  test("when it was not closed before, and was cut in the midst of a write", async () => {
    await rm(await find(/^sizes-at-close/));
    const log = await find(/\.log$/);
    await truncate(log, (await stat(log)).size - 100);
    await expectLoss(/\d+ of its bytes cannot be read/);
  });
});

describe("what opening would make worse is refused, and stays as it was", () => {
  async function expectRefusal(words: RegExp) {
    const before = await listFiles(folder);
    await expect(openDatabase(folder)).rejects.toThrow(words);
    const after = await listFiles(folder);
    expect(after.filter((file) => !file.startsWith("LO"))).toEqual(
      before.filter((file) => !file.startsWith("LO")),
    );
  }

  test("without CURRENT, and it is said how to bring it back", async () => {
    const current = await find(/^CURRENT/);
    const content = await readFile(current, "utf8");
    await rm(current);
    await expectRefusal(/CURRENT is missing; `echo MANIFEST-\d+ > .*CURRENT` brings it back/);
    await writeFile(current, content);
    expect(await countAfterOpening()).toBe(WRITES);
  });

  test("without its manifest", async () => {
    await rm(await find(/^MANIFEST/));
    await expectRefusal(/CURRENT names no manifest that is there/);
  });

  test("with a manifest that was cut", async () => {
    await truncate(await find(/^MANIFEST/), 5);
    await expectRefusal(/MANIFEST-\d+ cannot be read/);
  });

  test("without its log", async () => {
    await rm(await find(/\.log$/));
    await expectRefusal(/\d+\.log is missing/);
  });

  test("without a table", async () => {
    await countAfterOpening();
    await rm(await find(/\.ldb$/));
    await expectRefusal(/\d+\.ldb is missing/);
  });

  test("with a table that was cut", async () => {
    await countAfterOpening();
    const table = await find(/\.ldb$/);
    await truncate(table, (await stat(table)).size - 10);
    await expectRefusal(/\.ldb lacks 10 of its \d+ bytes/);
  });
});
