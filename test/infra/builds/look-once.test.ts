import { readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { lookOnce } from "#infra/builds/look-once.js";
import { makeFolder, writeFiles } from "#test/support/use-folder.ts";

let root: string;
let home: string;
let looked: string[];

/** @param sources another folder is another digest, as another version of its files would be */
function look(subject: string, sources = "rules") {
  lookOnce(
    subject,
    {
      home,
      sources: [sources],
      look() {
        looked.push(subject);
        if (subject.startsWith("bad")) throw new Error(`${subject} is not well`);
      },
    },
    root,
  );
}

beforeEach(async () => {
  root = await makeFolder();
  home = path.join(root, "well");
  looked = [];
  await writeFiles(root, ["rules/rule.ts", "changed/rule.ts"]);
});

test("what was found well is not looked at again, and something else is", () => {
  for (const subject of ["one", "one", "two", "one"]) look(subject);
  expect(looked).toEqual(["one", "two"]);
});

test("what is not well is refused each time", () => {
  for (let time = 0; time < 2; time += 1) expect(() => look("bad")).toThrow("bad is not well");
  expect(looked).toEqual(["bad", "bad"]);
});

test("when what looks has changed, all is looked at again", () => {
  look("one");
  look("one", "changed");
  expect(looked).toEqual(["one", "one"]);
});

test("marks do not become more and more", () => {
  for (let subject = 0; subject < 60; subject += 1) look(String(subject));
  expect(readdirSync(home).length).toBeLessThanOrEqual(50);
  expect(looked).toHaveLength(60);
});

test("where nothing can be kept, it is looked at each time", async () => {
  await writeFile(home, "a file where the folder would be");
  look("one");
  look("one");
  expect(looked).toEqual(["one", "one"]);
});
