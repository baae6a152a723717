import { expect, test, vi } from "vitest";
import { createTaskServices } from "#infra/local/aws/step-functions/task-services.ts";
import { STEP_FUNCTION_ARNS } from "#infra/local/definition.ts";
import { queueUrl, REGION, STATE_MACHINE_ARN, STATE_MACHINE_NAME } from "#infra/local/names.ts";
import { loadStateMachine } from "#infra/states-language/definition.ts";
import { SQS_SEND_MESSAGE } from "#infra/states-language/supported-language.ts";
import { expectStatus, readHistory, startExecution, startTestEndpoint, typesOf } from "./endpoint-fixture.ts";

const TASK = {
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Parameters: { FunctionName: STEP_FUNCTION_ARNS.ValidateSession, "Payload.$": "$" },
  End: true,
};

const definition = (states: Record<string, object>, rest: object = {}) =>
  JSON.stringify({ StartAt: Object.keys(states)[0], States: states, ...rest });

test.each([
  ["JSONata", definition({ Do: TASK }, { QueryLanguage: "JSONata" }), "QueryLanguage"],
  ["JSONata in a state", definition({ Do: { ...TASK, QueryLanguage: "JSONata" } }), "QueryLanguage"],
  ["Assign", definition({ Do: { ...TASK, Assign: { x: 1 } } }), "State Do uses Assign"],
  [
    "Assign where an error is caught",
    definition({ Do: { ...TASK, Catch: [{ ErrorEquals: ["States.ALL"], Next: "Do", Assign: { x: 1 } }] } }),
    "State Do uses Assign",
  ],
  [
    "Assign where a rule holds",
    definition({
      Do: { Type: "Choice", Choices: [{ Variable: "$.a", IsPresent: true, Next: "Do", Assign: { x: 1 } }] },
    }),
    "State Do uses Assign",
  ],
  [
    "a variable as a path",
    definition({ Do: { ...TASK, InputPath: "$order.id" } }),
    "State Do uses the variable $order",
  ],
  [
    "a variable in a rule",
    definition({
      Do: { Type: "Choice", Choices: [{ Not: { Variable: "$order", IsNull: true }, Next: "Do" }] },
    }),
    "State Do uses the variable $order",
  ],
  [
    "a variable in an intrinsic function",
    definition({
      Do: { ...TASK, Parameters: { ...TASK.Parameters, "Payload.$": "States.Format('{}', $order)" } },
    }),
    "State Do uses the variable $order",
  ],
  ["no object", "null", "it is no object"],
  [
    "HeartbeatSeconds",
    definition({ Do: { ...TASK, HeartbeatSeconds: 5 } }),
    "State Do uses HeartbeatSeconds",
  ],
  [
    "a task token",
    definition({ Do: { ...TASK, Parameters: { ...TASK.Parameters, "Payload.$": "$$.Task.Token" } } }),
    "a task token",
  ],
  [
    "a timeout from the input",
    definition({ Do: { ...TASK, TimeoutSecondsPath: "$.seconds" } }),
    "State Do uses TimeoutSecondsPath",
  ],
  [
    "the number of retries",
    definition({ Do: { ...TASK, Parameters: { ...TASK.Parameters, "Payload.$": "$$.State.RetryCount" } } }),
    "$$.State.RetryCount",
  ],
  [
    "the context object as a whole",
    definition({ Do: { ...TASK, Parameters: { ...TASK.Parameters, "Payload.$": "$$" } } }),
    "the context object as a whole",
  ],
  [
    "a test that is to be false, however deep",
    definition({
      Do: {
        Type: "Choice",
        Choices: [
          {
            And: [
              { Variable: "$.a", IsNull: false },
              { Variable: "$.b", IsPresent: true },
            ],
            Next: "Do",
          },
        ],
      },
    }),
    '"IsNull":false',
  ],
  [
    "a computed error",
    definition({ Do: { Type: "Fail", ErrorPath: "States.Format('{}', $.error)" } }),
    "an intrinsic function in ErrorPath",
  ],
  [
    "another service",
    definition({ Do: { ...TASK, Resource: "arn:aws:states:::sns:publish" } }),
    "sns:publish",
  ],
  [
    "a callback",
    definition({ Do: { ...TASK, Resource: `${TASK.Resource}.waitForTaskToken` } }),
    "waitForTaskToken",
  ],
  ["Parallel", definition({ Do: { Type: "Parallel", Branches: [], End: true } }), "Type Parallel"],
  [
    "a state that leads nowhere",
    definition({ Do: { ...TASK, End: undefined, Next: "Nowhere" } }),
    "not valid",
  ],
  ["what is not JSON", "{", "not JSON"],
])("%s is refused when it is loaded", (_what, text, part) => {
  expect(() => loadStateMachine(text)).toThrow(expect.objectContaining({ name: "DefinitionRefused" }));
  expect(() => loadStateMachine(text)).toThrow(part);
});

test("what only looks like a variable is none", () => {
  const texts = { "made.$": "States.Format('costs $order {}', $.amount)", said: "$order" };
  const text = definition({ Do: { ...TASK, Parameters: { ...TASK.Parameters, ...texts } } });
  expect(loadStateMachine(text).startAt).toBe("Do");
});

test("a Task that takes longer than its TimeoutSeconds times out and is caught", async () => {
  const never = new Promise<never>(() => undefined);
  const text = definition({
    Wait: { ...TASK, TimeoutSeconds: 1, Catch: [{ ErrorEquals: ["States.Timeout"], Next: "TimedOut" }] },
    TimedOut: { Type: "Succeed" },
  });
  const { sfn } = await startTestEndpoint({ validateSession: () => never }, text);
  const arn = await startExecution(sfn, "evt_1");
  await expectStatus(sfn, arn, "SUCCEEDED");
  const events = await readHistory(sfn, arn);
  expect(typesOf(events)).toContain("TaskTimedOut");
  expect(events.find(({ type }) => type === "TaskTimedOut")?.taskTimedOutEventDetails).toMatchObject({
    error: "States.Timeout",
    resourceType: "lambda",
  });
});

test("an execution that takes longer than the state machine's TimeoutSeconds times out", async () => {
  const never = new Promise<never>(() => undefined);
  const text = definition({ Wait: TASK }, { TimeoutSeconds: 1 });
  const { sfn } = await startTestEndpoint({ validateSession: () => never }, text);
  const arn = await startExecution(sfn, "evt_1");
  expect(await expectStatus(sfn, arn, "TIMED_OUT")).toMatchObject({ redriveStatus: "REDRIVABLE" });
  expect(typesOf(await readHistory(sfn, arn)).at(-1)).toBe("ExecutionTimedOut");
});

test("the context object tells about the execution as it was started, in any state", async () => {
  const seen = vi.fn(async () => undefined);
  const text = definition({
    Change: { Type: "Pass", Result: "something else", Next: "Do" },
    Do: {
      ...TASK,
      Parameters: {
        ...TASK.Parameters,
        Payload: {
          "id.$": "$$.Execution.Id",
          "name.$": "$$.Execution.Name",
          "input.$": "$$.Execution.Input",
          "startTime.$": "$$.Execution.StartTime",
          "roleArn.$": "$$.Execution.RoleArn",
          "redriveCount.$": "$$.Execution.RedriveCount",
          "stateMachine.$": "$$.StateMachine.Id",
          "stateMachineName.$": "$$.StateMachine.Name",
          "state.$": "$$.State.Name",
        },
        "Payload.$": undefined,
      },
    },
  });
  const { sfn } = await startTestEndpoint({ validateSession: seen }, text);
  const arn = await startExecution(sfn, "evt_1", { eventId: "e" });
  const { startDate } = await expectStatus(sfn, arn, "SUCCEEDED");
  expect(seen).toHaveBeenCalledWith({
    id: arn,
    name: "evt_1",
    input: { eventId: "e" },
    startTime: startDate?.toISOString(),
    roleArn: expect.stringMatching(/^arn:aws:iam::/),
    redriveCount: 0,
    stateMachine: STATE_MACHINE_ARN,
    stateMachineName: STATE_MACHINE_NAME,
    state: "Do",
  });
});

test("a message for a queue that does not exist fails its Task with SQS's error", async () => {
  const QueueUrl = queueUrl("http://localhost", "nobodys");
  const text = definition({
    Send: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage",
      Parameters: { QueueUrl, MessageBody: "hello" },
      End: true,
    },
  });
  const { sfn } = await startTestEndpoint({}, text);
  const arn = await startExecution(sfn, "evt_1");
  expect(await expectStatus(sfn, arn, "FAILED")).toMatchObject({ error: "SQS.QueueDoesNotExist" });
});

test("a queue that cannot be reached is the caller's own error", async () => {
  const { services, close } = createTaskServices(
    { region: REGION, endpointUrl: "http://127.0.0.1:1" },
    async () => undefined,
  );
  const message = { QueueUrl: queueUrl("http://127.0.0.1:1", "any"), MessageBody: "hello" };
  await expect(services[SQS_SEND_MESSAGE]?.call(message)).rejects.toMatchObject({
    name: "SQS.SdkClientException",
  });
  close();
});

test("text made by States.JsonToString is JSON again, however deep its quotes are", async () => {
  const value = { quoted: 'say "hi"', nested: JSON.stringify({ a: '"' }) };
  const text = definition({
    Make: { Type: "Pass", Parameters: { "text.$": "States.JsonToString($.value)" }, End: true },
  });
  const { sfn } = await startTestEndpoint({}, text);
  const arn = await startExecution(sfn, "evt_1", { value });
  const { output = "" } = await expectStatus(sfn, arn, "SUCCEEDED");
  expect(JSON.parse(JSON.parse(output).text)).toEqual(value);
});
