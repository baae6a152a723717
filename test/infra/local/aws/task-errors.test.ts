import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { STEP_FUNCTION_ARNS } from "#infra/local/definition.ts";
import { DEAD_LETTER_QUEUE_NAME, queueUrl } from "#infra/local/names.ts";
import {
  expectStatus,
  failing,
  readHistory,
  type Step,
  startExecution,
  startTestEndpoint,
} from "./endpoint-fixture.ts";

/** A Task whose every error is caught and handed on as `$.error`. */
const catching = (state: object = {}) =>
  JSON.stringify({
    StartAt: "Do",
    States: {
      Do: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Parameters: { FunctionName: STEP_FUNCTION_ARNS.ValidateSession, "Payload.$": "$" },
        Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "Caught" }],
        Next: "Caught",
        ...state,
      },
      Caught: { Type: "Succeed" },
    },
  });

async function errorCaught(validateSession: Step, state?: object) {
  const { sfn } = await startTestEndpoint({ validateSession }, catching(state));
  const { output = "{}" } = await expectStatus(sfn, await startExecution(sfn, "evt_1"), "SUCCEEDED");
  return (JSON.parse(output) as { error: unknown }).error;
}

test("a timeout that is caught has an empty Cause, as on AWS", async () => {
  const never = new Promise<never>(() => undefined);
  await expect(errorCaught(() => never, { TimeoutSeconds: 1 })).resolves.toEqual({
    Error: "States.Timeout",
    Cause: "",
  });
});

test("a result that is too large is caught by States.ALL, and not tried again", async () => {
  let tries = 0;
  const large = async () => {
    tries += 1;
    return "x".repeat(300_000);
  };
  const Retry = [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 1, MaxAttempts: 3 }];
  await expect(errorCaught(large, { Retry })).resolves.toMatchObject({ Error: "States.DataLimitExceeded" });
  expect(tries).toBe(1);
});

test("what Lambda itself refuses is told in Lambda's words, without a function's document", async () => {
  const refused = failing(
    "Lambda.TooManyRequestsException",
    "Rate Exceeded. (Service: AWSLambda; Status Code: 429)",
  );
  await expect(errorCaught(refused)).resolves.toEqual({
    Error: "Lambda.TooManyRequestsException",
    Cause: "Rate Exceeded. (Service: AWSLambda; Status Code: 429)",
  });
});

test("what a function throws and is no error is called by its type, as by Lambda's runtime", async () => {
  const caught = await errorCaught(async () => {
    // oxlint-disable-next-line typescript/only-throw-error
    throw "just a text";
  });
  expect(caught).toMatchObject({ Error: "string" });
  expect(JSON.parse((caught as { Cause: string }).Cause)).toMatchObject({ errorMessage: "just a text" });
});

test("a failure of the execution names the event by which its state was entered", async () => {
  const text = JSON.stringify({
    StartAt: "Begin",
    States: {
      Begin: { Type: "Pass", Next: "Choose" },
      Choose: { Type: "Choice", Choices: [{ Variable: "$.none", IsPresent: true, Next: "End" }] },
      End: { Type: "Succeed" },
    },
  });
  const { sfn } = await startTestEndpoint({}, text);
  const arn = await startExecution(sfn, "evt_1");
  const { cause } = await expectStatus(sfn, arn, "FAILED");
  const entered = (await readHistory(sfn, arn)).find(({ type }) => type === "ChoiceStateEntered");
  expect(cause).toContain(`the state 'Choose' (entered at the event id #${entered?.id})`);
});

test("SQS's refusals have AWS's own codes, with a prefix only where those have one", async () => {
  const { sqs, url } = await startTestEndpoint();
  const send = (queueName: string, MessageBody: string) =>
    sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(url, queueName), MessageBody }));
  await expect(send(DEAD_LETTER_QUEUE_NAME, "")).rejects.toMatchObject({ name: "MissingParameter" });
  await expect(send("nobodys", "hello")).rejects.toMatchObject({
    name: "QueueDoesNotExist",
    Code: "AWS.SimpleQueueService.NonExistentQueue",
  });
});
