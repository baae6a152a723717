import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { claimDataDirectory } from "#infra/local/storage/data-directory.ts";
import { openDatabase } from "#infra/local/storage/database.ts";
import { listFiles, makeFolder, writeFiles } from "#test/support/use-folder.ts";

const MARK = "bursar-data.txt";

const claim = async (directory: string, options = {}) => {
  const claimed = await claimDataDirectory(directory, options);
  onTestFinished(() => claimed.close());
  return claimed;
};

/** With the data of an earlier run in it. */
async function makeUsedFolder(): Promise<string> {
  const folder = await makeFolder();
  await (await claim(folder)).close();
  await (await openDatabase(path.join(folder, "stripe"))).close();
  await writeFiles(folder, ["aws/state/000003.log", "sign-in/sign-in-keys.json"]);
  return folder;
}

describe("a folder that is not ours is refused, and stays as it was", () => {
  test.each([
    ["with files of others", ["thesis.txt", "aws/state/CURRENT"]],
    ["with folders that only have our names", ["aws/lambda/index.js", "stripe/webhook.py"]],
    ["like a home", [".bashrc", "projects/bursar/package.json"]],
  ])("%s", async (_what, files) => {
    const folder = await makeFolder();
    await writeFiles(folder, files);
    const before = await listFiles(folder);
    for (const fresh of [true, false]) {
      await expect(claim(folder, { fresh })).rejects.toThrow(
        /^BURSAR_DATA_DIR names .* other things .* name a folder that is new or empty/,
      );
      expect(await listFiles(folder)).toEqual(before);
    }
  });

  test("by a link to it", async () => {
    const folder = await makeFolder();
    await writeFiles(folder, ["others/thesis.txt"]);
    await symlink(path.join(folder, "others"), path.join(folder, "link"));
    await expect(claim(path.join(folder, "link"), { fresh: true })).rejects.toThrow(/BURSAR_DATA_DIR names/);
    expect(await listFiles(path.join(folder, "others"))).toEqual(["thesis.txt"]);
  });

  test("the root of all files", async () => {
    await expect(claim("/", { fresh: true })).rejects.toThrow(/BURSAR_DATA_DIR names \/,/);
  });

  test("a file", async () => {
    const folder = await makeFolder();
    await writeFiles(folder, ["data"]);
    await expect(claim(path.join(folder, "data"), { fresh: true })).rejects.toThrow(
      /a file is in its way where a folder must be/,
    );
    expect(await listFiles(folder)).toEqual(["data"]);
  });
});

describe("a folder of ours", () => {
  test("is made with its mark where there is none", async () => {
    const folder = path.join(await makeFolder(), "new", "data");
    await claim(folder);
    expect(await listFiles(folder)).toContain(MARK);
  });

  test("keeps its data unless it is to be fresh, and then loses nothing else", async () => {
    const folder = await makeUsedFolder();
    await writeFiles(folder, ["notes-of-a-person.txt"]);
    await (await claim(folder)).close();
    expect(await listFiles(folder)).toContain("sign-in/sign-in-keys.json");
    await claim(folder, { fresh: true });
    const left = (await listFiles(folder)).filter((file) => !file.startsWith("in-use"));
    expect(left).toEqual([MARK, "notes-of-a-person.txt"]);
  });

  test("is known without its mark when an earlier version has made it", async () => {
    const folder = await makeUsedFolder();
    await rm(path.join(folder, MARK));
    await rm(path.join(folder, "in-use"), { recursive: true });
    await (await claim(folder)).close();
    expect(await listFiles(folder)).toEqual(expect.arrayContaining([MARK, "aws/state/000003.log"]));
  });

  test("is not emptied through a link inside it", async () => {
    const folder = await makeUsedFolder();
    const elsewhere = await makeFolder();
    await writeFiles(elsewhere, ["thesis.txt"]);
    await rm(path.join(folder, "aws"), { recursive: true });
    await symlink(elsewhere, path.join(folder, "aws"));
    await claim(folder, { fresh: true });
    expect(await listFiles(elsewhere)).toEqual(["thesis.txt"]);
  });

  test("is not used by two stacks, and the second deletes nothing", async () => {
    const folder = await makeUsedFolder();
    await claim(folder);
    await expect(claim(folder, { fresh: true })).rejects.toThrow(/^Another process is using the data/);
    expect(await listFiles(folder)).toContain("sign-in/sign-in-keys.json");
  });

  test("is not emptied under a stack of an earlier version, which has no lock but its databases'", async () => {
    const folder = await makeUsedFolder();
    const database = await openDatabase(path.join(folder, "stripe"));
    onTestFinished(() => database.close());
    await expect(claim(folder, { fresh: true })).rejects.toThrow(/^Another process is using the data/);
    expect(await listFiles(folder)).toEqual(
      expect.arrayContaining(["stripe/CURRENT", "sign-in/sign-in-keys.json"]),
    );
  });

  test("can be claimed again though its lock is damaged", async () => {
    const folder = await makeUsedFolder();
    await writeFile(path.join(folder, "in-use", "CURRENT"), "nonsense");
    await claim(folder);
    expect(await listFiles(folder)).toContain("aws/state/000003.log");
  });

  test("can be made in one that is there and empty", async () => {
    const folder = path.join(await makeFolder(), "empty");
    await mkdir(folder);
    await claim(folder);
    expect(await listFiles(folder)).toContain(MARK);
  });
});
