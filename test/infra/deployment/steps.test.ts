import { expect, test } from "vitest";
import { mapSteps, STEPS } from "#infra/deployment/steps.ts";
import definition from "#workflow/enrollment.asl.json" with { type: "json" };

interface State {
  Resource?: string;
  Parameters?: { FunctionName?: string };
  TimeoutSeconds?: number;
}

const invoking = Object.fromEntries(
  Object.entries(definition.States as Record<string, State>).filter(([, { Resource = "" }]) =>
    Resource.includes(":lambda:invoke"),
  ),
);

test("there is a step for each state that invokes a function, and no other", () => {
  expect(Object.keys(STEPS).sort()).toEqual(Object.keys(invoking).sort());
});

test.each(Object.keys(STEPS))("%s invokes the function of its own step", (state) => {
  expect(invoking[state]?.Parameters?.FunctionName).toBe(`\${${state}FunctionArn}`);
});

test("each step ends before its state loses patience, so that its own error is what is seen", () => {
  const late = mapSteps(
    ({ timeoutSeconds }, state) => timeoutSeconds >= (invoking[state]?.TimeoutSeconds ?? 0),
  );
  expect(Object.entries(late).filter(([, isLate]) => isLate)).toEqual([]);
});

test("no two states share a step", () => {
  const handlers = Object.values(STEPS).map(({ handler }) => handler);
  expect(new Set(handlers).size).toBe(handlers.length);
});
