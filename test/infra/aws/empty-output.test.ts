import { expect, test } from "vitest";
import { emptyOutput } from "#infra/aws/empty-output.ts";
import { listFiles, makeFolder, writeFiles } from "#test/support/use-folder.ts";

test("a folder with other things in it is refused, and keeps them", async () => {
  const folder = await makeFolder();
  await writeFiles(folder, ["thesis.txt", "assets/picture.png"]);
  const before = await listFiles(folder);
  await expect(emptyOutput(folder)).rejects.toThrow(/name a folder that is new or empty/);
  expect(await listFiles(folder)).toEqual(before);
});

test.each([
  ["a finished synthesis", ["cdk.out", "client/index.html"]],
  ["an interrupted one", ["made-by-bursar.txt", "client/index.html"]],
  ["nothing", []],
])("a folder with %s in it is emptied", async (_what, files) => {
  const folder = await makeFolder();
  await writeFiles(folder, files);
  await emptyOutput(folder);
  expect(await listFiles(folder)).toEqual(["made-by-bursar.txt"]);
});
