import { expect, test } from "vitest";
import { readTracked, trackedFiles } from "./tracked-files.ts";

const BEGIN = /^await runCommand\(/m;

/** What is only defined below, and by a statement that waits for the command's end; functions are there from the start. */
const definedTooLate = (source: string) => source.split(BEGIN)[1]?.match(/^(const|let|class) \w+/gm) ?? [];

test("what a command needs is defined before it begins", () => {
  const programs = trackedFiles.filter((file) => file.endsWith(".ts") && BEGIN.test(readTracked(file)));
  expect(programs.length).toBeGreaterThan(15);
  expect(programs.flatMap((file) => definedTooLate(readTracked(file)).map((what) => [file, what]))).toEqual(
    [],
  );
});
