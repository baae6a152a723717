import { describe, expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import {
  type Document,
  findBrokenLinks,
  findLooseCounts,
  findOtherNames,
  findUnknownCommands,
  findUnreachable,
} from "./check-documents.ts";
import { codeIn, sectionOf, tableRowsIn } from "./markdown.ts";
import { readTracked, trackedFiles } from "./tracked-files.ts";

const documents = trackedFiles
  .filter((file) => file.endsWith(".md"))
  .map((file) => ({ file, text: readTracked(file) }));
const readme = readTracked("README.md");
const scripts = Object.keys(packageJson.scripts);

const planted = (text: string): Document[] => [
  { file: "workflow/README.md", text },
  { file: "workflow/other.md", text: "# Other\n\n## What it *costs*, and `why`\n" },
];

test("the README is read in one go: 200 lines at most", () => {
  expect(readme.split("\n").length).toBeLessThanOrEqual(200);
});

test("the README's table has every command, and none that is not there", () => {
  const rows = tableRowsIn(sectionOf(readme, "Commands")).flatMap(([command = ""]) => codeIn(command));
  const commands = rows.flatMap((code) => /^npm (?:run )?([\w:-]+)/.exec(code)?.[1] ?? []);
  expect(commands.sort()).toEqual([...scripts].sort());
});

describe("links", () => {
  test("of every document lead somewhere", () => {
    expect(documents.length).toBeGreaterThan(10);
    expect(findBrokenLinks(documents, trackedFiles)).toEqual([]);
  });

  test("reach every document from the README", () => {
    expect(findUnreachable(documents, "README.md")).toEqual([]);
  });

  test.each([
    ["[gone](gone.md)", "workflow/README.md links gone.md, which is not there"],
    ["![gone](../gone.png)", "workflow/README.md links ../gone.png, which is not there"],
    [
      "[no heading](other.md#gone)",
      "workflow/README.md links other.md#gone, and workflow/other.md has no such heading",
    ],
    ["[no heading](#gone)", "workflow/README.md links #gone, and workflow/README.md has no such heading"],
  ])("like %s are found", (text, finding) => {
    expect(findBrokenLinks(planted(text), ["workflow/README.md", "workflow/other.md"])).toEqual([finding]);
  });

  test.each([
    "[a heading](other.md#what-it-costs-and-why)",
    "[a folder](../workflow)",
    "[elsewhere](https://example.com/gone)",
    "`[code](gone.md)`",
    "```sh\n[code](gone.md)\n```",
  ])("like %s are well", (text) => {
    expect(findBrokenLinks(planted(text), ["workflow/README.md", "workflow/other.md"])).toEqual([]);
  });

  test("that are missing leave a document unreachable", () => {
    expect(findUnreachable(planted("nothing"), "workflow/README.md")).toEqual(["workflow/other.md"]);
  });
});

describe("commands", () => {
  test("that documents name are in package.json", () => {
    expect(findUnknownCommands(documents, scripts)).toEqual([]);
  });

  test.each([
    "`npm run gone -- --all`",
    "`npm run --silent gone`",
    "`npm gone`",
    "```sh\nnpm ci && npm gone\n```",
  ])("like %s are found", (text) => {
    expect(findUnknownCommands(planted(text), scripts)).toHaveLength(1);
  });

  test.each(["`npm ci`", "`npm test -- test/stack`", "`npm run --silent token`", "npm and git"])(
    "like %s are well",
    (text) => {
      expect(findUnknownCommands(planted(text), scripts)).toEqual([]);
    },
  );
});

describe("counts", () => {
  test("of what grows are in no sentence", () => {
    expect(findLooseCounts(documents)).toEqual([]);
  });

  test("like 1,122 tests are found", () => {
    expect(findLooseCounts(planted("There are 1,122 tests\nand 106 holes."))).toHaveLength(2);
  });
});

describe("names", () => {
  test("are one for each thing", () => {
    expect(findOtherNames(documents)).toEqual([]);
  });

  test.each(["the webhook queue", "a settled session", "open\nsessions"])("like %j are found", (text) => {
    expect(findOtherNames(planted(text))).toHaveLength(1);
  });

  test.each(["checkout\nsessions", "`bursar-webhook-queue`, `session`", "session storage"])(
    "like %j are well",
    (text) => {
      expect(findOtherNames(planted(text))).toEqual([]);
    },
  );
});
