import { describe, expect, test } from "vitest";
import { digestOfDefinition } from "#infra/deployment/state-machine.ts";
import { asList, readable, statementsOf } from "../read-template.ts";
import { synthesiseStacks } from "../synthesised-stacks.ts";

const { only, stacks } = synthesiseStacks();
const WORKFLOW = "Bursar-Workflow";

describe("a release", () => {
  const version = only(WORKFLOW, "AWS::StepFunctions::StateMachineVersion");
  const alias = only(WORKFLOW, "AWS::StepFunctions::StateMachineAlias");

  test("publishes each revision of the definition as a version, and leaves the one before", () => {
    expect(readable(version.Properties["StateMachineArn"])).toBe("{Enrollment}");
    expect(readable(version.Properties["StateMachineRevisionId"])).toBe(
      "{Enrollment.StateMachineRevisionId}",
    );
    expect(version.Properties["Description"]).toBe(`definition ${digestOfDefinition()}`);
    expect(version).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
  });

  test("gives production's new version a tenth of what is started, and the rest ten minutes later", () => {
    const preference = alias.Properties["DeploymentPreference"] as Record<string, unknown>;
    expect(alias.Properties["Name"]).toBe("live");
    expect(preference).toMatchObject({ Type: "CANARY", Percentage: 10, Interval: 10 });
    expect(readable(preference["StateMachineVersionArn"])).toBe("{Version.Arn}");
  });

  test("is taken back by an alarm that is there before it, stands for five minutes and tells nobody twice", () => {
    const alarm = only(WORKFLOW, "AWS::CloudWatch::Alarm");
    const { Alarms } = alias.Properties["DeploymentPreference"] as { Alarms: unknown[] };
    // By its name: of an ARN CloudWatch would say that all is well.
    expect(Alarms.map(readable)).toEqual(["{ReleaseAlarm}"]);
    expect(alarm.Properties).toMatchObject({
      AlarmName: "bursar-release",
      EvaluationPeriods: 5,
      DatapointsToAlarm: 1,
      Threshold: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      TreatMissingData: "notBreaching",
    });
    expect(alarm.Properties["AlarmActions"]).toBeUndefined();
    expect(JSON.stringify(alarm.Properties["Metrics"])).toContain(
      "SUM([FILL(executions_failed, 0), FILL(executions_timedOut, 0)])",
    );
  });

  test.each([
    ["stage=staging", { Type: "ALL_AT_ONCE" }],
    ["release=linear", { Type: "LINEAR", Percentage: 20, Interval: 10 }],
  ])("goes the way that %s says", (told, way) => {
    const [released] = synthesiseStacks(told).ofType("AWS::StepFunctions::StateMachineAlias");
    const preference = released?.Properties["DeploymentPreference"] as Record<string, unknown>;
    const { Type, Percentage, Interval } = preference;
    expect({ Type, Percentage, Interval }).toEqual(way);
  });
});

test("whatever starts executions starts the alias, which IAM takes for the state machine", () => {
  const resources = Object.values(stacks).flatMap((stack) => Object.values(stack));
  const started = resources.flatMap(({ Type, Properties }) => {
    if (Type !== "AWS::Lambda::Function") return [];
    const { Variables = {} } = (Properties["Environment"] ?? {}) as { Variables?: Record<string, unknown> };
    const arn = Variables["STATE_MACHINE_ARN"];
    return arn === undefined ? [] : [[String(Properties["FunctionName"]), readable(arn)]];
  });
  expect(Object.fromEntries(started)).toEqual({
    "bursar-webhook": "{Live.Arn}",
    "bursar-api": "{Live.Arn}",
    "bursar-webhook-queue-consumer": "{Live.Arn}",
    "bursar-reconcile": "{Live.Arn}",
  });
  const starting = resources
    .filter(({ Type }) => Type === "AWS::IAM::Policy")
    .flatMap(statementsOf)
    .filter(({ Action }) => asList(Action).includes("states:StartExecution"));
  expect(starting.map(({ Resource }) => readable(Resource))).toEqual(starting.map(() => "{Enrollment}"));
  expect(starting.length).toBe(4);
});
