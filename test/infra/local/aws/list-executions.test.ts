import {
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ListExecutionsCommand,
  type ListExecutionsCommandInput,
  ListStateMachinesCommand,
  RedriveExecutionCommand,
  type SFNClient,
} from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { readDefinition } from "#infra/local/definition.ts";
import { executionArn, STATE_MACHINE_ARN, STATE_MACHINE_NAME } from "#infra/local/names.ts";
import {
  ANY_URL,
  expectStatus,
  failing,
  PAID_EVENT,
  startExecution,
  startTestEndpoint,
  succeeding,
} from "./endpoint-fixture.ts";

/** @returns the names on each page */
async function listPages(sfn: SFNClient, filter: Partial<ListExecutionsCommandInput>) {
  const pages: (string | undefined)[][] = [];
  let nextToken: string | undefined;
  do {
    const page = await sfn.send(
      new ListExecutionsCommand({ stateMachineArn: STATE_MACHINE_ARN, nextToken, ...filter }),
    );
    pages.push((page.executions ?? []).map(({ name }) => name));
    nextToken = page.nextToken;
  } while (nextToken);
  return pages;
}

test("executions are listed newest first, page by page, by status and by redrive", async () => {
  const { sfn } = await startTestEndpoint({
    validateSession: async (payload) =>
      (payload as { event: { fail?: true } }).event.fail
        ? failing("InvalidSession")(payload)
        : succeeding(payload),
  });
  for (const name of ["one", "two", "three", "four", "five"]) {
    const fail = name === "two" || name === "four";
    const arn = await startExecution(sfn, name, { ...PAID_EVENT, ...(fail && { fail }) });
    await expectStatus(sfn, arn, fail ? "FAILED" : "SUCCEEDED");
  }

  expect(await listPages(sfn, {})).toEqual([["five", "four", "three", "two", "one"]]);
  expect(await listPages(sfn, { maxResults: 2 })).toEqual([["five", "four"], ["three", "two"], ["one"]]);
  expect(await listPages(sfn, { maxResults: 5 })).toHaveLength(1);
  expect(await listPages(sfn, { statusFilter: "FAILED", maxResults: 1 })).toEqual([["four"], ["two"]]);
  expect(await listPages(sfn, { statusFilter: "RUNNING" })).toEqual([[]]);

  const arn = executionArn("two");
  await sfn.send(new RedriveExecutionCommand({ executionArn: arn }));
  await expectStatus(sfn, arn, "FAILED");
  expect(await listPages(sfn, { redriveFilter: "REDRIVEN" })).toEqual([["two"]]);
  expect(await listPages(sfn, { redriveFilter: "NOT_REDRIVEN" })).toEqual([["five", "four", "three", "one"]]);
});

test("a listing item carries what a console shows", async () => {
  const { sfn } = await startTestEndpoint();
  const arn = await startExecution(sfn, "evt_1");
  const { startDate, stopDate } = await expectStatus(sfn, arn, "SUCCEEDED");
  const { executions } = await sfn.send(new ListExecutionsCommand({ stateMachineArn: STATE_MACHINE_ARN }));
  expect(executions).toEqual([
    {
      executionArn: arn,
      stateMachineArn: STATE_MACHINE_ARN,
      name: "evt_1",
      status: "SUCCEEDED",
      startDate,
      stopDate,
      redriveCount: 0,
    },
  ]);
});

test("the state machine describes itself, for an execution too", async () => {
  const { sfn } = await startTestEndpoint();
  const definition = await readDefinition(ANY_URL);
  const { stateMachines } = await sfn.send(new ListStateMachinesCommand({}));
  expect(stateMachines).toMatchObject([{ name: STATE_MACHINE_NAME, stateMachineArn: STATE_MACHINE_ARN }]);
  const described = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: STATE_MACHINE_ARN }));
  expect(described).toMatchObject({ definition, status: "ACTIVE", type: "STANDARD" });
  const executionArn = await startExecution(sfn, "evt_1");
  expect(await sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn }))).toMatchObject({
    definition,
    stateMachineArn: STATE_MACHINE_ARN,
  });
});

test.each([
  [
    { statusFilter: "succeeded" },
    /^1 validation error .*'succeeded' at 'statusFilter' .*enum value set: \[SUCCEEDED, /,
  ],
  [{ redriveFilter: "NO" }, /'NO' at 'redriveFilter' .*\[REDRIVEN, NOT_REDRIVEN\]$/],
  [{ maxResults: 1001 }, /'1001' at 'maxResults' .*less than or equal to 1000$/],
  [{ maxResults: -1 }, /'-1' at 'maxResults' .*greater than or equal to 0$/],
  [{ nextToken: "x".repeat(3097) }, /at 'nextToken' .*length less than or equal to 3096$/],
])("what AWS's model does not allow of a listing is refused in AWS's words: %j", async (filter, words) => {
  const { sfn } = await startTestEndpoint();
  const request = { stateMachineArn: STATE_MACHINE_ARN, ...filter } as ListExecutionsCommandInput;
  await expect(sfn.send(new ListExecutionsCommand(request))).rejects.toMatchObject({
    name: "ValidationException",
    message: expect.stringMatching(words) as string,
  });
});
