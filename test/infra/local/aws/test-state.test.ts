import {
  SFNClient as Client,
  type SFNClient,
  TestStateCommand,
  type TestStateCommandInput,
} from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { readDefinition } from "#infra/local/definition.ts";
import { REGION } from "#infra/local/names.ts";
import { ANY_URL, PAID_EVENT, type Step, startTestEndpoint } from "./endpoint-fixture.ts";

const roleArn = "arn:aws:iam::000000000000:role/tester";

async function startTester(validateSession?: Step) {
  const { url, accessKey } = await startTestEndpoint(validateSession ? { validateSession } : {});
  const client = new Client({
    endpoint: url,
    region: REGION,
    credentials: accessKey,
    disableHostPrefix: true,
  });
  const definition = await readDefinition(ANY_URL);
  return (request: Partial<TestStateCommandInput>) =>
    testState(client, { definition, input: JSON.stringify(PAID_EVENT), ...request });
}

const testState = (client: SFNClient, request: TestStateCommandInput) =>
  client.send(new TestStateCommand(request));

test("a state of the deployed definition is tested with a mock: what it hands on, and where it leads", async () => {
  const ask = await startTester();
  const mock = { result: JSON.stringify({ Payload: { enrolledAt: "2026-11-23T10:00:00.000Z" } }) };
  const { status, nextState, output = "" } = await ask({ stateName: "WriteEnrollment", mock });
  expect({ status, nextState }).toEqual({ status: "SUCCEEDED", nextState: "LinkCustomer" });
  expect(JSON.parse(output)).toEqual({
    ...PAID_EVENT,
    enrollment: { enrolledAt: "2026-11-23T10:00:00.000Z" },
  });
});

test.each([
  [
    "RetryableError",
    0,
    { status: "RETRIABLE", errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 1 } },
  ],
  [
    "RetryableError",
    29,
    { status: "RETRIABLE", errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 30 } },
  ],
  [
    "RetryableError",
    30,
    { status: "CAUGHT_ERROR", nextState: "NoteRedriveCount", errorDetails: { retryIndex: 0, catchIndex: 0 } },
  ],
  [
    "CourseNotFound",
    0,
    { status: "CAUGHT_ERROR", nextState: "NoteRedriveCount", errorDetails: { retryIndex: 1, catchIndex: 0 } },
  ],
  ["TypeError", 2, { status: "RETRIABLE", errorDetails: { retryIndex: 2, retryBackoffIntervalSeconds: 8 } }],
])("what becomes of %s after %i retries", async (error, retrierRetryCount, due) => {
  const ask = await startTester();
  const { status, nextState, inspectionData } = await ask({
    stateName: "ValidateSession",
    mock: { errorOutput: { error, cause: "it was said" } },
    stateConfiguration: { retrierRetryCount },
    inspectionLevel: "DEBUG",
  });
  expect({ status, ...(nextState && { nextState }), errorDetails: inspectionData?.errorDetails }).toEqual(
    due,
  );
});

test("the gate of a redrive opens for a context with one redrive more", async () => {
  const ask = await startTester();
  const gate = (RedriveCount: number) =>
    ask({
      stateName: "AwaitRedrive",
      input: JSON.stringify({ deadLetter: { redriveCount: 0 } }),
      context: JSON.stringify({ Execution: { RedriveCount } }),
    });
  await expect(gate(1)).resolves.toMatchObject({ status: "SUCCEEDED", nextState: "ValidateSession" });
  await expect(gate(0)).resolves.toMatchObject({ status: "FAILED" });
});

test("a Task without a mock calls its function, once", async () => {
  const given: unknown[] = [];
  const ask = await startTester(async (payload) => {
    given.push(payload);
    return { isBarred: true };
  });
  const { output = "", status } = await ask({ stateName: "ValidateSession", roleArn });
  expect(status).toBe("SUCCEEDED");
  expect(JSON.parse(output)).toMatchObject({ purchase: { isBarred: true } });
  expect(given).toEqual([{ event: PAID_EVENT, executionName: expect.any(String) as string }]);
});

test.each([
  [
    "no role and no mock",
    { stateName: "ValidateSession" },
    "ValidationException",
    /^RoleArn must be specified/,
  ],
  ["no such state", { stateName: "Nowhere" }, "ValidationException", /^State not found in definition$/],
  ["no JSON", { definition: "{" }, "InvalidDefinition", /^Invalid State Machine Definition: /],
  [
    "a part of the language that is not here",
    { definition: JSON.stringify({ Type: "Pass", QueryLanguage: "JSONata", End: true }) },
    "InvalidDefinition",
    /another QueryLanguage than JSONPath/,
  ],
  ["variables", { stateName: "Enrolled", variables: '{"a":1}' }, "ValidationException", /has no variables/],
])("a test is refused, and says why: %s", async (_what, request, name, words) => {
  const ask = await startTester();
  await expect(ask(request)).rejects.toMatchObject({
    name,
    message: expect.stringMatching(words) as string,
  });
});
