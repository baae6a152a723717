import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ListExecutionsCommand,
  type ListExecutionsCommandInput,
  SFNClient,
} from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { createPlannedExecutions } from "#handlers/adapters/step-functions/planned-executions.ts";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import {
  expectStatus,
  failing,
  startExecution,
  startTestEndpoint,
} from "#test/infra/local/aws/endpoint-fixture.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

interface Listed {
  name: string;
  status: "FAILED" | "SUCCEEDED" | "RUNNING";
  daysOld: number;
  definition?: number;
}

/** Lists what it is given, newest first, a thousand a page, and counts what it is asked. */
function createStates(executions: Listed[], current = 1) {
  const calls: string[] = [];
  const rowOf = ({ name, status, daysOld }: Listed) => {
    const date = new Date(Date.now() - daysOld * DAY_MS);
    return { name, status, startDate: date, stopDate: date, redriveCount: 2 };
  };
  const find = (arn: unknown) => executions.find(({ name }) => String(arn).endsWith(`:${name}`));
  const client = Object.assign(Object.create(SFNClient.prototype) as SFNClient, {
    async send(command: { input: { executionArn?: string } & Partial<ListExecutionsCommandInput> }) {
      calls.push(command.constructor.name);
      if (command instanceof ListExecutionsCommand) {
        const from = Number(command.input.nextToken ?? 0);
        const page = executions.slice(from, from + 1_000).map(rowOf);
        return {
          executions: page,
          nextToken: from + 1_000 < executions.length ? String(from + 1_000) : undefined,
        };
      }
      if (command instanceof DescribeStateMachineCommand) return { definition: `definition ${current}` };
      const found = find(command.input.executionArn);
      if (!found) throw new Error("not known");
      if (command instanceof DescribeExecutionCommand) return rowOf(found);
      const { definition = 1 } = found;
      return { definition: `definition ${definition}`, updateDate: new Date(definition) };
    },
  });
  return { planned: createPlannedExecutions(STATE_MACHINE_ARN, client), calls };
}

const count = (calls: string[], command: { name: string }) =>
  calls.filter((name) => name === command.name).length;

test("five hundred executions among thousands are found by lists alone, with what took their place", async () => {
  const others = Array.from(
    { length: 2_500 },
    (_, index): Listed => ({
      name: `evt_other_${index}`,
      status: "SUCCEEDED",
      daysOld: 0,
    }),
  );
  const failed = Array.from(
    { length: 500 },
    (_, index): Listed => ({ name: `evt_${index}`, status: "FAILED", daysOld: 1 }),
  );
  const old: Listed[] = [
    { name: "evt_fresh-r1", status: "SUCCEEDED", daysOld: 2 },
    { name: "evt_fresh", status: "FAILED", daysOld: 15 },
    { name: "evt_old", status: "FAILED", daysOld: 15 },
  ];
  const { planned, calls } = createStates([...others, ...failed, ...old]);
  const standings = await planned.findStandings([...failed, ...old.slice(1)].map(({ name }) => name));
  expect(standings.size).toBe(502);
  expect(standings.get("evt_7")).toMatchObject({
    executionName: "evt_7",
    status: "failed",
    redriveCount: 2,
    isPastRedrive: false,
    freshName: "evt_7-r1",
  });
  expect(standings.get("evt_fresh")).toMatchObject({ executionName: "evt_fresh-r1", status: "succeeded" });
  expect(standings.get("evt_old")).toMatchObject({ isPastRedrive: true, freshName: "evt_old-r1" });
  expect([count(calls, ListExecutionsCommand), count(calls, DescribeExecutionCommand)]).toEqual([4, 0]);
});

test("which executions ran a definition that was replaced is found by a few questions", async () => {
  const failed = Array.from(
    { length: 300 },
    (_, index): Listed => ({
      name: `evt_${index}`,
      status: "FAILED",
      daysOld: (300 - index) / 100,
      // Replaced twice, and back to what it was first.
      definition: index < 100 ? 1 : index < 250 ? 2 : 3,
    }),
  );
  const { planned, calls } = createStates([...failed].reverse(), 2);
  const standings = await planned.findStandings(failed.map(({ name }) => name));
  const replaced = await planned.findReplaced([...standings.values()]);
  const expected = failed.filter(({ definition }) => definition !== 2).map(({ name }) => name);
  expect([...replaced].sort()).toEqual(expected.sort());
  expect(count(calls, DescribeStateMachineForExecutionCommand)).toBeLessThan(30);
});

test("the same redrive asked for twice is one, and a name that is taken starts nothing", async () => {
  const { sfn } = await startTestEndpoint({ validateSession: failing("CourseNotFound") });
  const arn = await startExecution(sfn, "evt_1");
  await expectStatus(sfn, arn, "FAILED");
  const planned = createPlannedExecutions(STATE_MACHINE_ARN, sfn);
  await expect(planned.redriveOnce("evt_1", "plan-0")).resolves.toBe(true);
  await expectStatus(sfn, arn, "FAILED");
  await expect(planned.redriveOnce("evt_1", "plan-0")).resolves.toBe(true);
  await expect(planned.findExecution("evt_1")).resolves.toEqual({ status: "failed", redriveCount: 1 });
  await expect(planned.redriveOnce("evt_never", "plan-1")).resolves.toBe(false);
  await expect(planned.startOnce("evt_1-r1", { inputOf: "evt_1" })).resolves.toBe(true);
  await expectStatus(sfn, `${arn}-r1`, "FAILED");
  await expect(planned.startOnce("evt_1-r1", { inputOf: "evt_1" })).resolves.toBe(false);
  const { input } = await sfn.send(new DescribeExecutionCommand({ executionArn: `${arn}-r1` }));
  expect(JSON.parse(input ?? "{}")).toMatchObject({ eventId: "evt_paid" });
  const standings = await planned.findStandings(["evt_1", "evt_never"]);
  expect([...standings.keys()]).toEqual(["evt_1"]);
});
