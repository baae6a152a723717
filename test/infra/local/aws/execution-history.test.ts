import { GetExecutionHistoryCommand, type HistoryEvent } from "@aws-sdk/client-sfn";
import { expect, test, vi } from "vitest";
import { STEP_FUNCTION_ARNS } from "#infra/local/definition.ts";
import {
  ENROLLED_AT,
  expectStatus,
  failing,
  PAID_EVENT,
  readHistory,
  startExecution,
  startTestEndpoint,
  succeeding,
  typesOf,
} from "./endpoint-fixture.ts";

const LAMBDA = { resourceType: "lambda", resource: "invoke" };

const find = (events: HistoryEvent[], type: string) => events.find((event) => event.type === type);

test("a success shows every state and task in AWS's own shape", async () => {
  const { sfn } = await startTestEndpoint();
  const arn = await startExecution(sfn, "evt_1");
  await expectStatus(sfn, arn, "SUCCEEDED");
  const events = await readHistory(sfn, arn);

  const task = ["TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSucceeded", "TaskStateExited"];
  expect(typesOf(events)).toEqual([
    "ExecutionStarted",
    ...task,
    "ChoiceStateEntered",
    "ChoiceStateExited",
    ...task,
    ...task,
    "SucceedStateEntered",
    "SucceedStateExited",
    "ExecutionSucceeded",
  ]);
  expect(events.map(({ id }) => id)).toEqual(events.map((_event, index) => index + 1));
  expect(events.map(({ previousEventId }) => previousEventId)).toEqual([
    0,
    0,
    ...events.slice(2).map((_event, index) => index + 2),
  ]);
  expect(find(events, "TaskScheduled")?.taskScheduledEventDetails).toEqual({
    ...LAMBDA,
    region: "us-east-1",
    parameters: JSON.stringify({
      FunctionName: STEP_FUNCTION_ARNS.ValidateSession,
      Payload: { event: PAID_EVENT, executionName: "evt_1" },
    }),
    timeoutInSeconds: 30,
  });
  expect(find(events, "TaskStateEntered")?.stateEnteredEventDetails).toMatchObject({
    name: "ValidateSession",
    input: JSON.stringify(PAID_EVENT),
  });
  expect(JSON.parse(find(events, "TaskSucceeded")?.taskSucceededEventDetails?.output ?? "")).toEqual({
    ExecutedVersion: "$LATEST",
    Payload: { isBarred: false, enrolledAt: ENROLLED_AT },
    StatusCode: 200,
  });
  expect(events.every(({ timestamp }) => timestamp instanceof Date)).toBe(true);
});

test("a retried task shows each attempt, then the success", async () => {
  const validateSession = vi.fn(succeeding).mockImplementationOnce(failing("RetryableError", "throttled"));
  const { sfn } = await startTestEndpoint({ validateSession });
  const arn = await startExecution(sfn, "evt_1");
  await expectStatus(sfn, arn, "SUCCEEDED");
  const events = await readHistory(sfn, arn);
  expect(typesOf(events).slice(0, 9)).toEqual([
    "ExecutionStarted",
    "TaskStateEntered",
    "TaskScheduled",
    "TaskStarted",
    "TaskFailed",
    "TaskScheduled",
    "TaskStarted",
    "TaskSucceeded",
    "TaskStateExited",
  ]);
  const { cause = "", ...failed } = find(events, "TaskFailed")?.taskFailedEventDetails ?? {};
  expect(failed).toEqual({ ...LAMBDA, error: "RetryableError" });
  expect(JSON.parse(cause)).toEqual({ errorType: "RetryableError", errorMessage: "throttled", trace: [] });
});

test("a dead letter shows as an SQS task", async () => {
  const { sfn } = await startTestEndpoint({ validateSession: failing("InvalidSession") });
  const arn = await startExecution(sfn, "evt_1");
  await expectStatus(sfn, arn, "FAILED");
  const events = await readHistory(sfn, arn);
  const sent = events.findLast(({ type }) => type === "TaskSucceeded")?.taskSucceededEventDetails;
  expect(sent).toMatchObject({ resourceType: "sqs", resource: "sendMessage" });
  expect(Object.keys(JSON.parse(sent?.output ?? ""))).toEqual(["MD5OfMessageBody", "MessageId"]);
  expect(events.at(-1)?.type).toBe("ExecutionFailed");
});

test("a history is read page by page, backwards, and without its data", async () => {
  const { sfn } = await startTestEndpoint();
  const arn = await startExecution(sfn, "evt_1");
  await expectStatus(sfn, arn, "SUCCEEDED");
  const all = await readHistory(sfn, arn);

  for (const reverseOrder of [false, true]) {
    const paged: HistoryEvent[] = [];
    let nextToken: string | undefined;
    do {
      const command = { executionArn: arn, maxResults: 6, reverseOrder, nextToken };
      const page = await sfn.send(new GetExecutionHistoryCommand(command));
      expect(page.events?.length).toBeLessThanOrEqual(6);
      paged.push(...(page.events ?? []));
      nextToken = page.nextToken;
    } while (nextToken);
    expect(paged).toEqual(reverseOrder ? all.toReversed() : all);
  }

  const { events = [] } = await sfn.send(
    new GetExecutionHistoryCommand({ executionArn: arn, includeExecutionData: false }),
  );
  expect(typesOf(events)).toEqual(typesOf(all));
  expect(JSON.stringify(events)).not.toMatch(/"(input|output)"/);
  const scheduled = events.find(({ type }) => type === "TaskScheduled")?.taskScheduledEventDetails;
  expect(scheduled?.parameters).toMatch(/^{/);
});

test("a token that was made up is refused", async () => {
  const { sfn } = await startTestEndpoint();
  const arn = await startExecution(sfn, "evt_1");
  await expect(
    sfn.send(new GetExecutionHistoryCommand({ executionArn: arn, nextToken: "made-up" })),
  ).rejects.toMatchObject({ name: "InvalidToken" });
});
