import { expect, test } from "vitest";
import { readTracked, trackedFiles } from "./tracked-files.ts";

/** Utilities and properties that name a side of the screen; beginning and end are other sides where one reads from right to left. */
const SIDED =
  /(?<![\w-])-?(?:(?:left|right|ml|mr|pl|pr|border-[lr]|rounded-[lr]|rounded-[tb][lr]|scroll-[mp][lr])-[\w[.%/]+|text-(?:left|right)|float-(?:left|right)|space-x-\S+)|\b(?:margin|padding|border)-(?:left|right)\b|\b(?:left|right):\s|text-align:\s*(?:left|right)/g;

const sources = trackedFiles.filter((file) => /^client\/.*\.(tsx|css)$/.test(file));

test("the students' pages are laid out by beginning and end, so that they can be read from either side", () => {
  expect(sources.length).toBeGreaterThan(30);
  const sided = sources.flatMap((file) =>
    [...readTracked(file).matchAll(SIDED)].map(([found]) => `${file} says ${found}`),
  );
  expect(sided).toEqual([]);
});

test.each([
  "ml-4",
  "-mr-1",
  "sm:pl-2",
  "text-left",
  "focus:left-3",
  "rounded-tl-lg",
  "margin-left: 1px",
  "left: 0",
])("%s is found", (text) => {
  expect(`className="mt-2 ${text} flex"`.match(SIDED)).not.toBeNull();
});
