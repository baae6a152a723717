import { mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeDirectory } from "#infra/command-line/make-directory.ts";

async function makePlace(): Promise<string> {
  const place = await mkdtemp(path.join(tmpdir(), "bursar-folders-"));
  onTestFinished(() => rm(place, { recursive: true }));
  return place;
}

test("a folder is made with those above it, for whom it is meant, and may be there already", async () => {
  const folder = path.join(await makePlace(), "of", "many");
  for (const _time of [1, 2]) await makeDirectory(folder, { mode: 0o700 });
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(path.dirname(folder))).mode & 0o777).toBe(0o700);
});

test("a link to a folder is one", async () => {
  const place = await makePlace();
  await symlink(place, path.join(place, "link"));
  await makeDirectory(path.join(place, "link", "new"));
  expect((await stat(path.join(place, "new"))).isDirectory()).toBe(true);
});

test.each([
  ["a file", (at: string) => writeFile(at, "")],
  ["a link that leads nowhere", (at: string) => symlink("/nowhere/at/all", at)],
])("%s in the way is named as what it is, be it the folder itself or one above", async (_what, block) => {
  const place = await makePlace();
  const blocked = path.join(place, "blocked");
  await block(blocked);
  await expect(makeDirectory(blocked)).rejects.toMatchObject({ code: "EEXIST", path: blocked });
  await expect(makeDirectory(path.join(blocked, "below"))).rejects.toMatchObject({
    code: expect.stringMatching(/^(EEXIST|ENOTDIR)$/) as string,
  });
});
