import { expect, test } from "vitest";
import { runsOf } from "#infra/operate/records/runs.ts";
import type { ExecutionEvent } from "#infra/operate/records/shapes.ts";

const historyOf = (...events: [type: string, details?: Record<string, unknown>][]): ExecutionEvent[] =>
  events.map(([type, details = {}], index) => ({
    id: index + 1,
    type,
    at: new Date(Date.UTC(2026, 10, 26) + index * 1_000).toISOString(),
    details,
  }));

const FAILED_AT_VALIDATION: [type: string, details?: Record<string, unknown>][] = [
  ["TaskStateEntered", { name: "ValidateSession" }],
  ["TaskScheduled"],
  ["TaskFailed", { error: "CourseNotFound", cause: "gone" }],
  ["TaskStateExited"],
  ["ChoiceStateEntered", { name: "AwaitRedrive" }],
  ["ExecutionFailed", { error: "States.NoChoiceMatched" }],
];

test("each run is told as it stood when it ended, and an error that was caught before a redrive is not the next run's", () => {
  const runs = runsOf(
    historyOf(
      ["ExecutionStarted"],
      ...FAILED_AT_VALIDATION,
      ["ExecutionRedriven"],
      ["ChoiceStateExited"],
      ["TaskStateEntered", { name: "WriteEnrollment" }],
      ["TaskScheduled"],
      ["ExecutionAborted", { error: "Stopped", cause: "by hand" }],
      ["ExecutionRedriven"],
      ["TaskScheduled"],
      ["TaskSucceeded"],
      ["TaskStateExited"],
      ["ExecutionSucceeded", { output: "{}" }],
    ),
  );
  expect(runs.map(({ number, status, error }) => ({ number, status, error }))).toEqual([
    { number: 0, status: "FAILED", error: "CourseNotFound" },
    { number: 1, status: "ABORTED", error: "Stopped" },
    { number: 2, status: "SUCCEEDED", error: undefined },
  ]);
  expect(runs[0]).toMatchObject({ stateName: "ValidateSession", cause: "gone" });
  expect(runs.map(({ output }) => output)).toEqual([undefined, undefined, "{}"]);
  const [, stopped, last] = runs;
  expect(stopped?.states.map(({ stateName, error }) => [stateName, error])).toEqual([
    ["WriteEnrollment", "Stopped"],
  ]);
  expect(last?.states).toMatchObject([{ stateName: "WriteEnrollment", tries: 1, isRunning: false }]);
});
