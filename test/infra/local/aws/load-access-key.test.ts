import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { loadAccessKey } from "#infra/local/aws/load-access-key.ts";
import { findAccessKey } from "#infra/one-machine/access-key.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";
import { makeFolder } from "#test/support/use-folder.ts";

const fileIn = (folder: string) => path.join(folder, "aws-credentials");

test("the key is made once, for its owner's eyes only, and is as long as AWS's", async () => {
  const folder = await makeFolder();
  const key = await loadAccessKey(folder);
  expect(key.accessKeyId).toMatch(/^BURSARLOCAL[A-Z2-7]{9}$/);
  expect(key.secretAccessKey).toMatch(/^[\w-]{40}$/);
  expect((await stat(fileIn(folder))).mode & 0o777).toBe(0o600);
  expect(await loadAccessKey(folder)).toEqual(key);
  expect(await loadAccessKey(await makeFolder())).not.toEqual(key);
});

test("a file without a key ends the start in a sentence, and stays", async () => {
  const folder = await makeFolder();
  await writeFile(fileIn(folder), "nonsense");
  await expect(loadAccessKey(folder)).rejects.toThrow(/^There is no access key in \S+: delete that file/);
  expect(await readFile(fileIn(folder), "utf8")).toBe("nonsense");
});

test("a program finds the key in its environment, in AWS's credentials file or in the data folder", async () => {
  const folder = await makeFolder();
  const key = await loadAccessKey(folder);
  const own = {
    AWS_ACCESS_KEY_ID: TEST_ACCESS_KEY.accessKeyId,
    AWS_SECRET_ACCESS_KEY: TEST_ACCESS_KEY.secretAccessKey,
  };
  const ofAnAccount = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "of an account" };
  expect(findAccessKey({ ...own, BURSAR_DATA_DIR: folder })).toEqual(TEST_ACCESS_KEY);
  expect(findAccessKey({ ...ofAnAccount, BURSAR_DATA_DIR: folder })).toEqual(key);
  expect(findAccessKey({ AWS_SHARED_CREDENTIALS_FILE: fileIn(folder) })).toEqual(key);
  expect(findAccessKey({ ...ofAnAccount, BURSAR_DATA_DIR: path.join(folder, "none") })).toBeUndefined();
});
