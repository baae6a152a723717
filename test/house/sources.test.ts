import { describe, expect, test } from "vitest";
import { findEnvironmentReads, findLongFiles, findUnusedExports } from "./check-sources.ts";
import { readTracked, trackedFiles } from "./tracked-files.ts";

const sources = trackedFiles
  .filter((file) => /^(workflow|handlers|client|infra|test)\/.*\.tsx?$/.test(file))
  .map((file) => ({ file, text: readTracked(file) }));

test("no source and no test is longer than 250 lines", () => {
  expect(sources.length).toBeGreaterThan(500);
  expect(findLongFiles(sources)).toEqual([]);
});

test("a file of 251 lines is found, one of 250 is not", () => {
  const ofLines = (lines: number) => ({ file: `lines-${lines}.ts`, text: "x;\n".repeat(lines) });
  expect(findLongFiles([ofLines(250), ofLines(251)])).toEqual(["lines-251.ts has 251 lines"]);
});

describe("the environment", () => {
  test("is read in one place of each program", () => {
    expect(findEnvironmentReads(sources.filter(({ file }) => !file.startsWith("test/")))).toEqual([]);
  });

  test.each([
    'const stage = process.env["STAGE"];',
    "createApi(readSettings(apiSettings, process.env), process.env);",
  ])("is found where it is read elsewhere: %s", (text) => {
    expect(findEnvironmentReads([{ file: "handlers/api.ts", text }])).toEqual([
      "handlers/api.ts reads the environment by itself",
    ]);
  });

  test.each(["readSettings(apiSettings, process.env)", "readLocalSettings(process.env)"])(
    "may be handed over: %s",
    (text) => {
      expect(findEnvironmentReads([{ file: "handlers/api.ts", text }])).toEqual([]);
    },
  );
});

test("what is exported is imported by another file", () => {
  expect(findUnusedExports(sources)).toEqual([]);
});

describe("an export", () => {
  const exporting = (text: string) => ({ file: "workflow/money.ts", text });
  const importing = (text: string) => ({ file: "client/money.ts", text });

  test.each([
    "export const format = 1;",
    "export async function format() {}",
    "export interface format {}",
    "export type format = string;",
    "export abstract class format {}",
    "const format = 1;\nexport { format };",
    'export { pattern as format } from "./pattern.ts";',
  ])("is found when nothing imports it: %s", (text) => {
    const ownUse = `${text}\nformat;`;
    expect(
      findUnusedExports([exporting(ownUse), importing('import { other } from "#workflow/money.ts";')]),
    ).toEqual(["workflow/money.ts exports format, which no other file imports"]);
  });

  test.each([
    'import { format } from "#workflow/money.ts";',
    'import { other, format as show } from "../workflow/money.ts";',
    'import type {\n  format,\n} from "#workflow/money.ts";',
    'import money, { type format } from "#workflow/money.ts";',
    'export { format } from "#workflow/money.ts";',
    'import * as money from "#workflow/money.ts";',
    'const { format } = await import("#workflow/money.ts");',
  ])("is used by %s", (text) => {
    const unused = findUnusedExports([exporting("export const format = 1;"), importing(text)]);
    expect(unused.filter((finding) => finding.startsWith("workflow/money.ts"))).toEqual([]);
  });

  test("is none when it stands in a text or a comment", () => {
    const text = "const bundle = `\nexport const handler = 1;\n`;\n/*\nexport const old = 1;\n*/";
    expect(findUnusedExports([exporting(text)])).toEqual([]);
  });
});
