import { expect, test } from "vitest";
import { linkedFiles } from "./check-documents.ts";
import { readTracked, trackedFiles } from "./tracked-files.ts";

const file = ".github/CONTRIBUTING.md";
const contributing = { file, text: readTracked(file) };

const ROOMS = /^(workflow|handlers|client|infra)\//;

/** What a list is about, the names by which sources know the example that it leads to, and where they are. */
const EXAMPLES: [section: string, example: RegExp, rooms: RegExp][] = [
  ["A state", /close-?checkout/i, ROOMS],
  ["An alarm", /Signature(Refused|Failures)/, ROOMS],
  ["A pricing model", /pricingModel/, ROOMS],
  ["A page", /my-?courses/i, /^client\//],
];

test.each(EXAMPLES)("%s takes the files that know the example, and no others", (section, example, rooms) => {
  const isSource = (file: string) => rooms.test(file) && /\.(tsx?|json)$/.test(file);
  const knowing = trackedFiles.filter((source) => isSource(source) && example.test(readTracked(source)));
  const listed = linkedFiles(contributing, section).filter(isSource);
  expect(knowing.length).toBeGreaterThan(2);
  expect(knowing.filter((source) => !listed.includes(source))).toEqual([]);
  expect(listed.filter((source) => !knowing.includes(source))).toEqual([]);
});
