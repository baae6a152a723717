import { describe, expect, test } from "vitest";
import { ALARMS, type AlarmId, alarmSlug, RUNBOOK } from "#infra/deployment/alarms.ts";
import { TERMINAL_ERRORS } from "#workflow/errors.ts";
import { findMissingInRunbook } from "./check-documents.ts";
import { codeIn, sectionOf, tableRowsIn } from "./markdown.ts";
import { readTracked } from "./tracked-files.ts";

const runbook = readTracked(RUNBOOK);
const slugs = (Object.keys(ALARMS) as AlarmId[]).map(alarmSlug);

describe("the runbook", () => {
  test("has a section and a row for every alarm", () => {
    expect(slugs).toContain("paid-not-enrolled");
    expect(findMissingInRunbook(runbook, slugs)).toEqual([]);
  });

  test.each([
    ["section", runbook.replace("## Double payment", "## Paid twice")],
    ["row", runbook.replace("[DoublePayment](#double-payment)", "DoublePayment")],
  ])("that lacks a %s is found out", (what, without) => {
    expect(findMissingInRunbook(without, slugs)).toEqual([expect.stringContaining(what)]);
  });

  test("that knows nothing of a new alarm is found out twice", () => {
    expect(findMissingInRunbook(runbook, [...slugs, "new-alarm"])).toEqual([
      "the runbook has no section new-alarm",
      "the runbook's table has no row for new-alarm",
    ]);
  });

  test("says how to mend every error that nobody tries again", () => {
    const mended = tableRowsIn(sectionOf(runbook, "Dead letters")).flatMap(([error = ""]) => codeIn(error));
    expect(TERMINAL_ERRORS.filter((error) => !mended.includes(error))).toEqual([]);
  });
});
