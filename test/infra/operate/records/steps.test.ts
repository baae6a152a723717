import { expect, test } from "vitest";
import type { ExecutionEvent } from "#infra/operate/records/shapes.ts";
import { statusByState, stepsOf } from "#infra/operate/records/steps.ts";

type Told = [type: string, details?: Record<string, unknown>];

const eventsOf = (...told: Told[]): ExecutionEvent[] =>
  told.map(([type, details = {}], index) => ({
    id: index + 1,
    type,
    at: `2026-11-23T12:00:0${index}.000Z`,
    details,
  }));

const entered = (name: string): Told => ["TaskStateEntered", { name, input: "{}" }];

test("a step that succeeded at its second attempt counts both and keeps no error", () => {
  const [step] = stepsOf(
    eventsOf(
      ["ExecutionStarted"],
      entered("WriteEnrollment"),
      ["TaskScheduled"],
      ["TaskFailed", { error: "RetryableError", cause: "throttled" }],
      ["TaskScheduled"],
      ["TaskSucceeded", { output: "{}" }],
      ["TaskStateExited", { name: "WriteEnrollment", output: '{"enrolledAt":"now"}' }],
    ),
  );
  expect(step).toMatchObject({ status: "succeeded", attempts: 2, output: '{"enrolledAt":"now"}' });
  expect(step?.error).toBeUndefined();
});

test("a caught error is told apart from a step that succeeded, and from the gate that then failed", () => {
  const steps = stepsOf(
    eventsOf(
      entered("ValidateSession"),
      ["TaskScheduled"],
      ["TaskFailed", { error: "CourseNotFound", cause: "course X does not exist" }],
      ["TaskStateExited", { name: "ValidateSession", output: "{}" }],
      ["ChoiceStateEntered", { name: "AwaitRedrive", input: "{}" }],
      ["ExecutionFailed", { error: "States.NoChoiceMatched" }],
    ),
  );
  expect(steps).toMatchObject([
    { stateName: "ValidateSession", status: "caught", error: "CourseNotFound" },
    { stateName: "AwaitRedrive", status: "failed", error: "States.NoChoiceMatched" },
  ]);
});

test("after a redrive a state shows how it ended last", () => {
  const steps = stepsOf(
    eventsOf(
      entered("ValidateSession"),
      ["TaskFailed", { error: "CourseNotFound" }],
      ["TaskStateExited", { name: "ValidateSession", output: "{}" }],
      ["ExecutionRedriven", { redriveCount: 1 }],
      entered("ValidateSession"),
      ["TaskSucceeded"],
      ["TaskStateExited", { name: "ValidateSession", output: "{}" }],
    ),
  );
  expect(steps.map(({ status }) => status)).toEqual(["caught", "succeeded"]);
  expect(statusByState(steps).get("ValidateSession")).toBe("succeeded");
});

test("a task that is redriven without being entered again is at work again", () => {
  const steps = stepsOf(
    eventsOf(
      entered("LinkCustomer"),
      ["TaskScheduled"],
      ["ExecutionAborted", {}],
      ["ExecutionRedriven", { redriveCount: 1 }],
      ["TaskScheduled"],
    ),
  );
  expect(steps).toMatchObject([{ status: "running", attempts: 2 }]);
});
