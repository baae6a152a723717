import { expect, test } from "vitest";
import { attemptsOf, describeRepeat } from "#infra/operate/records/attempts.ts";
import type { ExecutionEvent } from "#infra/operate/records/shapes.ts";

/** An event a second, each with its details. */
const historyOf = (...events: [type: string, details?: Record<string, unknown>][]): ExecutionEvent[] =>
  events.map(([type, details = {}], index) => ({ id: index + 1, type, at: at(index), details }));

const at = (second: number) => `2026-11-26T10:00:${String(second).padStart(2, "0")}.000Z`;

test("each try of a state is an attempt with its own times and error, and a redrive counts anew", () => {
  const events = historyOf(
    ["ExecutionStarted"],
    ["TaskStateEntered", { name: "WriteEnrollment" }],
    ["TaskScheduled"],
    ["TaskFailed", { error: "RetryableError", cause: "away" }],
    ["TaskScheduled"],
    ["TaskTimedOut", { error: "States.Timeout" }],
    ["ExecutionFailed", { error: "States.Timeout" }],
    ["ExecutionRedriven"],
    ["TaskScheduled"],
    ["TaskSucceeded"],
    ["TaskStateExited"],
    ["SucceedStateEntered", { name: "Enrolled" }],
    ["SucceedStateExited"],
    ["ExecutionSucceeded"],
  );
  const write = { stateName: "WriteEnrollment" };
  expect(attemptsOf(events)).toEqual([
    {
      ...write,
      number: 1,
      redrives: 0,
      startedAt: at(1),
      endedAt: at(3),
      error: "RetryableError",
      cause: "away",
    },
    { ...write, number: 2, redrives: 0, startedAt: at(4), endedAt: at(5), error: "States.Timeout" },
    { ...write, number: 1, redrives: 1, startedAt: at(8), endedAt: at(9) },
    { stateName: "Enrolled", number: 1, redrives: 1, startedAt: at(11), endedAt: at(12) },
  ]);
});

test("what is at work has no end yet", () => {
  const events = historyOf(
    ["ExecutionStarted"],
    ["TaskStateEntered", { name: "LinkCustomer" }],
    ["TaskScheduled"],
  );
  expect(attemptsOf(events)).toEqual([
    { stateName: "LinkCustomer", number: 1, redrives: 0, startedAt: at(1) },
  ]);
});

test("a state that the execution's own end cuts off ended with it", () => {
  const events = historyOf(
    ["ExecutionStarted"],
    ["ChoiceStateEntered", { name: "AwaitRedrive" }],
    ["ExecutionFailed", { error: "States.NoChoiceMatched" }],
  );
  expect(attemptsOf(events)).toMatchObject([{ endedAt: at(2), error: "States.NoChoiceMatched" }]);
});

/** A run that ends at the gate, once its error was caught. */
const caught = (stateName: string, error: string): [type: string, details?: Record<string, unknown>][] => [
  ["TaskStateEntered", { name: stateName }],
  ["TaskScheduled"],
  ["TaskFailed", { error }],
  ["TaskStateExited"],
  ["TaskStateEntered", { name: "SendToDeadLetterQueue" }],
  ["TaskScheduled"],
  ["TaskSucceeded"],
  ["TaskStateExited"],
  ["ChoiceStateEntered", { name: "AwaitRedrive" }],
  ["ExecutionFailed", { error: "States.NoChoiceMatched" }],
];
const REDRIVEN: [type: string] = ["ExecutionRedriven"];
const runs = (...events: [type: string, details?: Record<string, unknown>][]) =>
  attemptsOf(historyOf(...events));

test.each([
  [
    "as before",
    "ValidateSession",
    "CourseNotFound",
    "It has failed again as before: CourseNotFound at ValidateSession.",
  ],
  [
    "at another state",
    "WriteEnrollment",
    "CourseNotFound",
    "It has failed again with the same error, CourseNotFound, at another state: WriteEnrollment instead of ValidateSession.",
  ],
  [
    "with another error",
    "ValidateSession",
    "AmountMismatch",
    "It has failed again with another error: AmountMismatch instead of CourseNotFound, also at ValidateSession.",
  ],
  [
    "with another error elsewhere",
    "WriteEnrollment",
    "RetryableError",
    "It has failed again with another error: RetryableError instead of CourseNotFound, at WriteEnrollment; before at ValidateSession.",
  ],
])(
  "a redrive that failed again %s says so, and so does a fresh execution in its place",
  (_how, state, error, said) => {
    const first = caught("ValidateSession", "CourseNotFound");
    expect(describeRepeat(runs(...first, REDRIVEN, ...caught(state, error)))).toBe(said);
    expect(describeRepeat(runs(...first), runs(...caught(state, error)))).toBe(said);
  },
);

test("one that has failed once, goes on or has succeeded says nothing", () => {
  const first = caught("ValidateSession", "CourseNotFound");
  const mended: typeof first = [
    ["TaskStateEntered", { name: "ValidateSession" }],
    ["TaskScheduled"],
    // Tried once more, and then it went through.
    ["TaskFailed", { error: "CourseNotFound" }],
    ["TaskScheduled"],
    ["TaskSucceeded"],
    ["TaskStateExited"],
    ["SucceedStateEntered", { name: "Enrolled" }],
    ["SucceedStateExited"],
  ];
  expect(describeRepeat(runs(...first))).toBeUndefined();
  expect(
    describeRepeat(runs(...first, REDRIVEN, ["TaskStateEntered", { name: "ValidateSession" }])),
  ).toBeUndefined();
  expect(describeRepeat(runs(...first, REDRIVEN, ...mended))).toBeUndefined();
});
