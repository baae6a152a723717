import { DescribeExecutionCommand, SFNServiceException, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { describe, expect, test, vi } from "vitest";
import { executionArn, STATE_MACHINE_ARN } from "#infra/local/names.ts";
import {
  createGate,
  describeExecution,
  expectStatus,
  PAID_EVENT,
  startExecution,
  startTestEndpoint,
  succeeding,
} from "./endpoint-fixture.ts";

const command = (overrides: Partial<ConstructorParameters<typeof StartExecutionCommand>[0]> = {}) =>
  new StartExecutionCommand({
    stateMachineArn: STATE_MACHINE_ARN,
    name: "evt_1",
    input: JSON.stringify(PAID_EVENT),
    ...overrides,
  });

describe("one name is one execution", () => {
  test("the same name and input are answered with the running execution and its start date", async () => {
    const gate = createGate();
    const { sfn } = await startTestEndpoint({ validateSession: () => gate.opened });
    const first = await sfn.send(command());
    const second = await sfn.send(command());
    expect(second.executionArn).toBe(first.executionArn);
    expect(second.startDate).toEqual(first.startDate);
    gate.open();
    await expectStatus(sfn, first.executionArn ?? "", "SUCCEEDED");
  });

  test("another input for a running execution's name is refused", async () => {
    const gate = createGate();
    const { sfn } = await startTestEndpoint({ validateSession: () => gate.opened });
    await sfn.send(command());
    await expect(sfn.send(command({ input: "{}" }))).rejects.toMatchObject({
      name: "ExecutionAlreadyExists",
    });
    gate.open();
  });

  test("the name of a finished execution is refused even with the same input", async () => {
    const { sfn } = await startTestEndpoint();
    const arn = await startExecution(sfn, "evt_1");
    await expectStatus(sfn, arn, "SUCCEEDED");
    const error = await sfn.send(command()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SFNServiceException);
    expect(error).toMatchObject({ name: "ExecutionAlreadyExists", $metadata: { httpStatusCode: 400 } });
  });

  test("thirty simultaneous starts of one name run the steps once", async () => {
    const validateSession = vi.fn(succeeding);
    const { sfn } = await startTestEndpoint({ validateSession });
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => sfn.send(command())));
    const refusals = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(refusals.length).toBeLessThan(30);
    expect(refusals.filter(({ name }) => name !== "ExecutionAlreadyExists")).toEqual([]);
    const arn = executionArn("evt_1");
    await expectStatus(sfn, arn, "SUCCEEDED");
    expect(validateSession).toHaveBeenCalledTimes(1);
  });

  test("an execution without a name gets one of its own", async () => {
    const { sfn } = await startTestEndpoint();
    const one = await sfn.send(command({ name: undefined }));
    const other = await sfn.send(command({ name: undefined }));
    expect(one.executionArn).not.toBe(other.executionArn);
  });
});

describe("what StartExecution refuses", () => {
  test.each([
    ["a name with a space", { name: "evt 1" }, "InvalidName"],
    ["a name with a colon", { name: "evt:1" }, "InvalidName"],
    ["a name of 81 characters", { name: "e".repeat(81) }, "InvalidName"],
    ["an empty name", { name: "" }, "InvalidName"],
    ["input that is not JSON", { input: "{" }, "InvalidExecutionInput"],
    ["input beyond 256 KiB", { input: JSON.stringify("x".repeat(262_144)) }, "InvalidExecutionInput"],
    [
      "an unknown state machine",
      { stateMachineArn: `${STATE_MACHINE_ARN}-other` },
      "StateMachineDoesNotExist",
    ],
    ["what is no ARN", { stateMachineArn: "bursar" }, "InvalidArn"],
  ])("%s", async (_what, overrides, name) => {
    const { sfn } = await startTestEndpoint();
    await expect(sfn.send(command(overrides))).rejects.toMatchObject({ name });
  });

  test("nothing of a refused start is left behind", async () => {
    const { sfn } = await startTestEndpoint();
    await sfn.send(command({ input: "{" })).catch(() => undefined);
    const arn = executionArn("evt_1");
    await expect(sfn.send(new DescribeExecutionCommand({ executionArn: arn }))).rejects.toMatchObject({
      name: "ExecutionDoesNotExist",
    });
  });
});

test("a finished execution tells its input, its output and its dates", async () => {
  const { sfn } = await startTestEndpoint();
  const arn = await startExecution(sfn, "evt_1");
  await expectStatus(sfn, arn, "SUCCEEDED");
  const execution = await describeExecution(sfn, arn);
  expect(JSON.parse(execution.input ?? "")).toEqual(PAID_EVENT);
  expect(JSON.parse(execution.output ?? "")).toMatchObject({ ...PAID_EVENT, enrollment: {} });
  expect(execution.stopDate?.getTime()).toBeGreaterThanOrEqual(execution.startDate?.getTime() ?? Infinity);
  expect(execution).toMatchObject({
    name: "evt_1",
    stateMachineArn: STATE_MACHINE_ARN,
    redriveCount: 0,
    redriveStatus: "NOT_REDRIVABLE",
    redriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
  });
});
