import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { expect, test, vi } from "vitest";
import {
  createGate,
  expectStatus,
  failing,
  readHistory,
  startExecution,
  startTestEndpoint,
} from "./endpoint-fixture.ts";

test("a stopped execution is aborted with the error and cause that were given", async () => {
  const gate = createGate();
  const { sfn } = await startTestEndpoint({ validateSession: () => gate.opened });
  const executionArn = await startExecution(sfn, "evt_1");
  const { stopDate } = await sfn.send(
    new StopExecutionCommand({ executionArn, error: "Operator", cause: "mistake" }),
  );
  const execution = await expectStatus(sfn, executionArn, "ABORTED");
  expect(execution).toMatchObject({
    stopDate,
    error: "Operator",
    cause: "mistake",
    redriveStatus: "REDRIVABLE",
  });
  const events = await readHistory(sfn, executionArn);
  expect(events.at(-1)).toMatchObject({
    type: "ExecutionAborted",
    previousEventId: 0,
    executionAbortedEventDetails: { error: "Operator", cause: "mistake" },
  });
  gate.open();
});

test("a stop during the pause before a retry runs no further attempt", async () => {
  const validateSession = vi.fn(failing("Unforeseen"));
  const definition = JSON.stringify({
    StartAt: "Try",
    States: {
      Try: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Parameters: {
          FunctionName: "arn:aws:lambda:us-east-1:000000000000:function:bursar-validate-session",
        },
        Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 60, MaxAttempts: 5 }],
        End: true,
      },
    },
  });
  const { sfn } = await startTestEndpoint({ validateSession }, definition);
  const executionArn = await startExecution(sfn, "evt_1");
  await expect.poll(async () => (await readHistory(sfn, executionArn)).at(-1)?.type).toBe("TaskFailed");
  await sfn.send(new StopExecutionCommand({ executionArn }));
  await expectStatus(sfn, executionArn, "ABORTED");
  expect((await readHistory(sfn, executionArn)).at(-1)?.type).toBe("ExecutionAborted");
  expect(validateSession).toHaveBeenCalledOnce();
});

test("stopping what has ended already answers when it ended", async () => {
  const { sfn } = await startTestEndpoint();
  const executionArn = await startExecution(sfn, "evt_1");
  const { stopDate } = await expectStatus(sfn, executionArn, "SUCCEEDED");
  expect((await sfn.send(new StopExecutionCommand({ executionArn }))).stopDate).toEqual(stopDate);
  await expectStatus(sfn, executionArn, "SUCCEEDED");
});
