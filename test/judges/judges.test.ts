import { expect, test } from "vitest";
import { EXPLAINED } from "./explained.ts";
import { part } from "./judges.ts";
import { emptyVerdict } from "./verdict.ts";

const difference = (what: string) => ({ what, theirs: "a", ours: "b" });

test("a difference that nobody has explained is told apart from those that stand with a reason", () => {
  const differences = [
    difference("test_wait_timestamp_path[NO_T], event 3"),
    difference("test_catch_empty, event 1"),
  ];
  const { explained, unexplained } = part({ ...emptyVerdict("histories"), equal: 1, differences });
  expect(explained).toEqual([
    { ...differences[0], why: expect.stringMatching(/^The recording hides/) as string },
  ]);
  expect(unexplained).toEqual([differences[1]]);
});

test("every explanation is a sentence", () => {
  for (const { why } of EXPLAINED) expect(why).toMatch(/^[A-Z].*\.$/);
});
