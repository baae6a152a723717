import { beforeAll, expect, onTestFinished, test } from "vitest";
import { followExecution } from "#infra/local/follow-execution.ts";
import { REGION, STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import type {
  About,
  ExecutionsPage,
  FollowedExecution,
  FollowedLetters,
} from "#infra/operate/console/contract.ts";
import { startConsole } from "#infra/operate/console/start-console.ts";
import { readFirstLine, runNpmCommand, spawnNpmCommand } from "#test/support/run-npm-command.ts";
import { stripeEvent } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const { stack, clients } = useRunningStack();

beforeAll(async () => {
  const session = { id: "cs_test_failed", metadata: { userId: "user-ada", courseId: "NO-SUCH-COURSE" } };
  await clients.postWebhook(stripeEvent({ id: "evt_failed", session }));
  await followExecution(clients.sfn, "evt_failed");
});

async function read<Answer>(url: string, path: string): Promise<Answer> {
  const response = await fetch(`${url}/api/${path}`);
  return (await response.json()) as Answer;
}

test("the console opens on the local endpoint by the options that it takes for AWS", async () => {
  const options = ["--region", REGION, "--state-machine", STATE_MACHINE_ARN, "--endpoint-url", stack.awsUrl];
  const child = spawnNpmCommand("console", [...options, "--port", "0", "--json"], {
    env: { BURSAR_DATA_DIR: stack.dataDir },
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  onTestFinished(async () => {
    child.kill("SIGINT");
    expect(await exited).toBe(0);
  });
  const { url } = JSON.parse(await readFirstLine(child)) as { url: string };

  const { has } = await read<About>(url, "about");
  expect(has).toEqual({ deadLetters: true, alarms: false, deliveries: false, faults: false });
  const { executions } = await read<ExecutionsPage>(url, "executions?status=FAILED");
  expect(executions.map(({ name }) => name)).toEqual(["evt_failed"]);
  const { deadLetters } = await read<FollowedLetters>(url, "dead-letters");
  expect(deadLetters).toMatchObject([{ executionName: "evt_failed", error: "CourseNotFound" }]);
  expect(await (await fetch(url)).text()).toContain('<div id="root">');
}, 60_000);

test("a console that may not redrive looks at everything and changes nothing", async () => {
  const aws = awsOf(stack);
  const console = await startConsole({ port: 0, aws, stateMachineArn: STATE_MACHINE_ARN, mayRedrive: false });
  onTestFinished(() => console.close());
  const before = await read<FollowedExecution>(console.url, "executions/evt_failed");
  expect(before).toMatchObject({ status: "FAILED", definition: { StartAt: "ValidateSession" } });
  for (const change of ["redrive", "stop"]) {
    const { status } = await fetch(`${console.url}/api/executions/evt_failed/${change}`, {
      method: "POST",
      headers: { "x-bursar-console": "1" },
    });
    expect(status).toBe(403);
  }
  const after = await read<FollowedExecution>(console.url, "executions/evt_failed");
  expect(after.redriveCount).toBe(0);
});

test("an ARN that is none is refused in one sentence", async () => {
  const { code, stderr } = await runNpmCommand("console", ["--state-machine", "bursar"]);
  expect(stderr.trim()).toMatch(/^--state-machine must be a state machine's ARN;/);
  expect(code).toBe(1);
});
