import {
  DescribeStateMachineForExecutionCommand,
  RedriveExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { expect, onTestFinished, test } from "vitest";
import { createFailedExecutions } from "#handlers/adapters/step-functions/failed-executions.ts";
import { LIVE } from "#handlers/adapters/step-functions/names.ts";
import { createPlannedExecutions } from "#handlers/adapters/step-functions/planned-executions.ts";
import { readDefinitionText } from "#handlers/adapters/step-functions/state-machine.ts";
import { startAwsEndpoint } from "#infra/local/aws/endpoint.ts";
import { readDefinition } from "#infra/local/definition.ts";
import { executionArn, LIVE_ARN, STATE_MACHINE_ARN } from "#infra/local/names.ts";
import {
  ANY_URL,
  createClients,
  createDataDir,
  createOptions,
  describeExecution,
  expectStatus,
  failing,
  PAID_EVENT,
  type Step,
  succeeding,
} from "./endpoint-fixture.ts";

const versionArn = (number: number) => `${STATE_MACHINE_ARN}:${number}`;
const FIRST = await readDefinition(ANY_URL);
const SECOND = JSON.stringify({ ...(JSON.parse(FIRST) as object), Comment: "changed" });

/** As the stack starts it. */
async function deploy(definition: string, dataDir: string, validateSession: Step = succeeding) {
  const options = await createOptions({ dataDir, validateSession }, definition);
  const endpoint = await startAwsEndpoint({
    ...options,
    stateMachine: { ...options.stateMachine, alias: LIVE },
  });
  onTestFinished(() => endpoint.close());
  return { ...endpoint, ...createClients(endpoint.url) };
}

async function start(sfn: SFNClient, name: string): Promise<string> {
  const input = JSON.stringify(PAID_EVENT);
  const command = new StartExecutionCommand({ stateMachineArn: LIVE_ARN, name, input });
  return (await sfn.send(command)).executionArn ?? "";
}

const lead = (sfn: SFNClient, version: number) =>
  sfn.send(
    new UpdateStateMachineAliasCommand({
      stateMachineAliasArn: LIVE_ARN,
      routingConfiguration: [{ stateMachineVersionArn: versionArn(version), weight: 100 }],
    }),
  );

const isLive = async (sfn: SFNClient, definition: string) =>
  (await readDefinitionText(LIVE_ARN, sfn)) === definition;

const publish = (sfn: SFNClient, definition: string) =>
  sfn.send(new UpdateStateMachineCommand({ stateMachineArn: STATE_MACHINE_ARN, definition, publish: true }));

/** Two have failed: `evt_1` on the version that is live, `evt_2` on one that was live for a moment. */
async function failOnBoth() {
  let isMended = false;
  const step: Step = (payload) => (isMended ? succeeding(payload) : failing("CourseNotFound")(payload));
  const { sfn } = await deploy(FIRST, await createDataDir(), step);
  await expectStatus(sfn, await start(sfn, "evt_1"), "FAILED");
  await publish(sfn, SECOND);
  await lead(sfn, 2);
  await expectStatus(sfn, await start(sfn, "evt_2"), "FAILED");
  await lead(sfn, 1);
  await expectStatus(sfn, await start(sfn, "evt_3"), "FAILED");
  isMended = true;
  return sfn;
}

test("what is started by the alias runs the version that it leads to, and has an ARN without either", async () => {
  const dataDir = await createDataDir();
  const first = await deploy(FIRST, dataDir);
  const arn = await start(first.sfn, "evt_1");
  expect(arn).toBe(executionArn("evt_1"));
  expect(await expectStatus(first.sfn, arn, "SUCCEEDED")).toMatchObject({
    stateMachineVersionArn: versionArn(1),
    stateMachineAliasArn: LIVE_ARN,
  });
  await first.close();

  const second = await deploy(SECOND, dataDir);
  expect(await isLive(second.sfn, SECOND)).toBe(true);
  await start(second.sfn, "evt_2");
  expect(await describeExecution(second.sfn, executionArn("evt_2"))).toMatchObject({
    stateMachineVersionArn: versionArn(2),
  });
  await lead(second.sfn, 1);
  await second.close();

  const third = await deploy(SECOND, dataDir);
  expect(await isLive(third.sfn, FIRST)).toBe(true);
});

test("a redrive keeps its version, also where another one is live", async () => {
  const sfn = await failOnBoth();
  const redriven = executionArn("evt_2");
  await sfn.send(new RedriveExecutionCommand({ executionArn: redriven }));
  expect(await expectStatus(sfn, redriven, "SUCCEEDED")).toMatchObject({
    stateMachineVersionArn: versionArn(2),
    redriveCount: 1,
  });
  const command = new DescribeStateMachineForExecutionCommand({ executionArn: redriven });
  expect((await sfn.send(command)).definition).toBe(SECOND);
});

test("what failed on a version that was taken back is followed by a fresh execution of the live one", async () => {
  const sfn = await failOnBoth();
  const failed = createFailedExecutions(LIVE_ARN, sfn);
  await expect(failed.redriveExecution("evt_1")).resolves.toBe("evt_1");
  await expect(failed.redriveExecution("evt_2")).resolves.toBe("evt_2-r1");
  expect(await expectStatus(sfn, executionArn("evt_2-r1"), "SUCCEEDED")).toMatchObject({
    stateMachineVersionArn: versionArn(1),
  });
});

test("a plan redrives what failed on the live version, and starts the others afresh, in whatever order they came", async () => {
  const sfn = await failOnBoth();
  const planned = createPlannedExecutions(LIVE_ARN, sfn);
  const standings = await planned.findStandings(["evt_1", "evt_2", "evt_3"]);
  await expect(planned.findReplaced([...standings.values()])).resolves.toEqual(new Set(["evt_2"]));
});
