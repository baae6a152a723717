import { symlink } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { claimDataDirectory } from "#infra/local/storage/data-directory.ts";
import { explainFailure } from "#infra/local/storage/explain-failure.ts";
import { makeFolder } from "#test/support/use-folder.ts";

/** As abstract-level wraps what LevelDB says. */
const fromLevel = (code: string, message: string) =>
  Object.assign(new Error("Database failed to open"), {
    code: "LEVEL_DATABASE_NOT_OPEN",
    cause: Object.assign(new Error(message), { code }),
  });

const fromNode = (code: string) =>
  Object.assign(new Error(`${code}: whatever, mkdir '/data'`), { code, errno: -1, path: "/data/aws" });

const said = (error: unknown) => explainFailure("/data", error).message;

describe("what is out of reach is not called damaged, and nobody is told to delete it", () => {
  test.each([
    ["No space left on device", "ENOSPC", /the disk is full, or has no inodes left/],
    ["Disk quota exceeded", "EDQUOT", /share of the disk is used up/],
    ["File too large", "EFBIG", /ulimit -f/],
    ["Read-only file system", "EROFS", /is read-only/],
    ["Permission denied", "EACCES", /belongs to somebody else/],
    ["Operation not permitted", "EPERM", /belongs to somebody else/],
    ["Too many open files", "EMFILE", /ulimit -n/],
    ["Too many open files in system", "ENFILE", /too many files/],
    ["Not a directory", "ENOTDIR", /a file is in its way/],
    ["Input/output error", "EIO", /does not read or write as it should/],
    ["File name too long", "ENAMETOOLONG", /too long/],
    ["Too many levels of symbolic links", "ELOOP", /circle/],
    ["Stale file handle", "ESTALE", /network drive/],
    ["Cannot allocate memory", "ENOMEM", /memory/],
  ])("%s", (words, code, cause) => {
    for (const error of [
      fromLevel("LEVEL_IO_ERROR", `IO error: /data/aws/000003.log: ${words}`),
      fromNode(code),
    ]) {
      expect(said(error)).toMatch(cause);
      expect(said(error)).toMatch(/^Bursar cannot use \/data\/aws\S*: [^\n]+\.$/);
      expect(said(error)).not.toMatch(/damaged|--fresh/);
    }
  });

  test("nor is what nobody has foreseen", () => {
    expect(said(fromLevel("LEVEL_IO_ERROR", "IO error: /data/LOG: Protocol wrong type for socket"))).toMatch(
      /Protocol wrong type/,
    );
    expect(said(new Error("something new"))).not.toMatch(/damaged|--fresh/);
  });

  test("nor is a file system without locks called another process", () => {
    const error = fromLevel("LEVEL_LOCKED", "IO error: lock /data/LOCK: No locks available");
    expect(said(error)).toMatch(/its file system has no locks/);
  });
});

test("another process is", () => {
  const error = fromLevel("LEVEL_LOCKED", "IO error: lock /data/LOCK: Resource temporarily unavailable");
  expect(said(error)).toMatch(/^Another process is using the data in \/data/);
});

test.each([
  ["LEVEL_CORRUPTION", "Corruption: checksum mismatch"],
  ["LEVEL_IO_ERROR", "IO error: /data/MANIFEST-000002: No such file or directory"],
])("what is damaged is called so: %s", (code, message) => {
  expect(said(fromLevel(code, message))).toMatch(
    /^The data in \/data is damaged: .*`npm start -- --fresh`\.$/,
  );
});

describe("the file system's own refusals", () => {
  const refusal = (directory: string) =>
    claimDataDirectory(directory).then(
      () => "",
      (error: Error) => error.message,
    );

  test("of a name that is too long", async () => {
    expect(await refusal(path.join(await makeFolder(), "x".repeat(300)))).toMatch(
      /too long for this file system/,
    );
  });

  test("of links in a circle", async () => {
    const folder = await makeFolder();
    await symlink(path.join(folder, "two"), path.join(folder, "one"));
    await symlink(path.join(folder, "one"), path.join(folder, "two"));
    expect(await refusal(path.join(folder, "one"))).toMatch(/lead in a circle/);
  });

  test("of a folder in what is none", async () => {
    expect(await refusal("/dev/null/bursar")).toMatch(/a file is in its way/);
  });
});
