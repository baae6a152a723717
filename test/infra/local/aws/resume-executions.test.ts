import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import {
  DescribeExecutionCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test, vi } from "vitest";
import { OVERFLOW_QUEUE_NAME, queueUrl, STATE_MACHINE_ARN } from "#infra/local/names.ts";
import {
  createClients,
  createDataDir,
  createGate,
  expectStatus,
  failing,
  PAID_EVENT,
  readHistory,
  startExecution,
  startTestEndpoint,
  succeeding,
  typesOf,
} from "./endpoint-fixture.ts";
import { receiveBodies } from "./messages.ts";

const describe = (executionArn: string) => new DescribeExecutionCommand({ executionArn });

/** An endpoint in a process of its own, whose WriteEnrollment never returns. */
async function startEndpointProcess(dataDir: string) {
  const script = fileURLToPath(new URL("endpoint-process.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url] = (await once(createInterface(child.stdout), "line")) as [string];
  return {
    ...createClients(url),
    url,
    async killAtOnce() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

test("after kill -9, executions go on at the state where they were and messages are still there", async () => {
  const dataDir = await createDataDir();
  const killed = await startEndpointProcess(dataDir);
  const arns: string[] = [];
  for (const name of ["one", "two", "three"]) arns.push(await startExecution(killed.sfn, name));
  const QueueUrl = queueUrl(killed.url, OVERFLOW_QUEUE_NAME);
  await killed.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "kept" }));
  await expect
    .poll(async () => (await readHistory(killed.sfn, arns[0] ?? "")).at(-1)?.id)
    .toBeGreaterThan(10);
  // This one is answered and then killed at once.
  arns.push(await startExecution(killed.sfn, "four"));
  await killed.killAtOnce();

  const validateSession = vi.fn(succeeding);
  const writeEnrollment = vi.fn(succeeding);
  const endpoint = await startTestEndpoint({ dataDir, validateSession, writeEnrollment });
  for (const arn of arns) expect(await endpoint.sfn.send(describe(arn))).toMatchObject({ status: "RUNNING" });
  expect(await endpoint.resumeExecutions()).toBe(4);
  for (const arn of arns) {
    expect(await expectStatus(endpoint.sfn, arn, "SUCCEEDED")).toMatchObject({ redriveCount: 0 });
    const ids = (await readHistory(endpoint.sfn, arn)).map(({ id }) => id);
    expect(ids).toEqual(ids.map((_id, index) => index + 1));
  }
  expect(validateSession.mock.calls.length).toBeLessThan(2);
  expect(writeEnrollment).toHaveBeenCalledTimes(4);
  expect(writeEnrollment).toHaveBeenLastCalledWith(
    expect.objectContaining({ event: expect.objectContaining(PAID_EVENT) as unknown }),
  );
  expect(await receiveBodies(endpoint, OVERFLOW_QUEUE_NAME)).toEqual(["kept"]);
  expect(await endpoint.resumeExecutions()).toBe(0);
});

test("an orderly close leaves executions running, promptly, and the next start goes on", async () => {
  const never = new Promise<never>(() => undefined);
  const first = await startTestEndpoint({ validateSession: () => never });
  const arn = await startExecution(first.sfn, "evt_1");
  await expect.poll(async () => (await readHistory(first.sfn, arn)).at(-1)?.type).toBe("TaskStarted");
  await first.close();

  const second = await startTestEndpoint({ dataDir: first.dataDir });
  expect(await second.sfn.send(describe(arn))).toMatchObject({ status: "RUNNING" });
  expect(await second.resumeExecutions()).toBe(1);
  await expectStatus(second.sfn, arn, "SUCCEEDED");
  // The interrupted attempt stays visible.
  expect(typesOf(await readHistory(second.sfn, arn)).filter((type) => type === "TaskStarted")).toHaveLength(
    4,
  );
});

test("what waits to be resumed keeps its name and can be stopped", async () => {
  const gate = createGate();
  const first = await startTestEndpoint({ validateSession: () => gate.opened });
  const executionArn = await startExecution(first.sfn, "evt_1");
  await first.close();
  gate.open();

  const { sfn } = await startTestEndpoint({ dataDir: first.dataDir });
  expect(await startExecution(sfn, "evt_1")).toBe(executionArn);
  const command = new StartExecutionCommand({
    stateMachineArn: STATE_MACHINE_ARN,
    name: "evt_1",
    input: "{}",
  });
  await expect(sfn.send(command)).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
  await sfn.send(new StopExecutionCommand({ executionArn }));
  await expectStatus(sfn, executionArn, "ABORTED");
});

test("a failed execution is redriven through the gate after a restart, too", async () => {
  const first = await startTestEndpoint({ validateSession: failing("CourseNotFound") });
  const arn = await startExecution(first.sfn, "evt_1");
  await expectStatus(first.sfn, arn, "FAILED");
  await first.close();

  const second = await startTestEndpoint({ dataDir: first.dataDir });
  await second.sfn.send(new RedriveExecutionCommand({ executionArn: arn }));
  expect(await expectStatus(second.sfn, arn, "SUCCEEDED")).toMatchObject({ redriveCount: 1 });
});
