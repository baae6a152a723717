import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { RedriveExecutionCommand } from "@aws-sdk/client-sfn";
import { beforeAll, expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { DEFINITION_FILE } from "#infra/deployment/state-machine.ts";
import { followExecution } from "#infra/local/follow-execution.ts";
import { executionArn } from "#infra/local/names.ts";
import type { ReplayReport } from "#infra/operate/replay/replay.ts";
import type { FullReport } from "#infra/operate/replay/replay-executions.ts";
import { startForwardingProxy } from "#test/support/forwarding-proxy.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import { endpointsOf, runNpmCommand } from "#test/support/run-npm-command.ts";
import { purchaseEvent } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const { stack, clients } = useRunningStack();

async function replay(...words: string[]): Promise<{ code: number | null; report: ReplayReport }> {
  const { code, stdout } = await runNpmCommand("replay", ["--json", ...words], endpointsOf(stack));
  return { code, report: JSON.parse(stdout) as ReplayReport };
}

/** Writes the shipped definition, changed, to where a command finds it. */
async function writeChanged(change: (text: string) => string): Promise<string> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), "bursar-replay-")), "changed.asl.json");
  await writeFile(file, change(await readFile(DEFINITION_FILE, "utf8")));
  return file;
}

beforeAll(async () => {
  await clients.putItem(courseItem(paidCourse));
  await clients.putItem(studentItem(student));
  const ids = { userId: student.userId, courseId: paidCourse.courseId };
  await clients.postWebhook(purchaseEvent("paid", ids));
  await followExecution(clients.sfn, "evt_paid");
  await clients.postWebhook(purchaseEvent("nowhere", { ...ids, courseId: "COURSE-gone" }));
  await followExecution(clients.sfn, "evt_nowhere");
  await clients.sfn.send(new RedriveExecutionCommand({ executionArn: executionArn("evt_nowhere") }));
  await followExecution(clients.sfn, "evt_nowhere");
});

test("the definition that ran goes the way that it went", async () => {
  const { code, report } = await replay("--local");
  expect(report).toMatchObject({
    executions: 2,
    running: [],
    failed: ["evt_nowhere"],
    redriven: ["evt_nowhere"],
    left: [],
    differences: [],
  });
  expect(report.transitions.candidate).toBe(report.transitions.recorded);
  expect(code).toBe(0);
});

test("a definition that goes another way is told by what is different, with exit code 3 and a picture", async () => {
  const file = await writeChanged((text) =>
    text
      .replace(/"Next": "LinkCustomer"/, '"Next": "Enrolled"')
      .replace(/"LinkCustomer": \{[\s\S]*?\n    \},\n/, ""),
  );
  const picture = path.join(path.dirname(file), "ways.svg");
  const { code, report } = await replay("--local", "--definition", file, "--picture", picture);
  expect(report.differences).toMatchObject([
    {
      kind: "path",
      text: "after WriteEnrollment goes to Enrolled instead of LinkCustomer",
      executions: ["evt_paid"],
    },
  ]);
  expect(code).toBe(3);
  const svg = await readFile(picture, "utf8");
  expect(svg).toContain("1 → 0");
  expect(svg).toContain(">LinkCustomer<");
});

test("today's steps answer as they did; nothing is written for it, and Stripe is asked nothing", async () => {
  const [asked, askedOfStripe] = [new Set<string>(), new Set<string>()];
  const aws = await startForwardingProxy(stack.awsUrl, ({ headers }) => {
    asked.add(String(headers["x-amz-target"]));
    return false;
  });
  const stripe = await startForwardingProxy(stack.stripeUrl, ({ url = "" }) => {
    askedOfStripe.add(url);
    return false;
  });
  const { code, stdout } = await runNpmCommand("replay", ["--json", "--local", "--steps"], {
    ...endpointsOf({ ...stack, awsUrl: aws.url, stripeUrl: stripe.url }),
  });
  await Promise.all([aws.close(), stripe.close()]);
  const { steps, differences } = JSON.parse(stdout) as FullReport;
  expect(differences).toEqual([]);
  expect(steps).toMatchObject({ asked: 5, differences: [], movedOn: [] });
  expect(steps?.effects).toContainEqual({ state: "WriteEnrollment", what: "PutItem ENROLLMENT#", count: 1 });
  expect([...asked].sort()).toEqual([
    "AWSStepFunctions.GetExecutionHistory",
    "AWSStepFunctions.ListExecutions",
    "AWSStepFunctions.ListStateMachines",
    "AmazonSQS.GetQueueUrl",
    "DynamoDB_20120810.GetItem",
  ]);
  expect([...askedOfStripe]).toEqual([]);
  expect(code).toBe(0);
});

test("a definition that cannot be run is refused in a sentence", async () => {
  const file = await writeChanged((text) => text.replace("${LinkCustomerFunctionArn}", "${Nobody}"));
  const { code, stderr } = await runNpmCommand(
    "replay",
    ["--local", "--definition", file],
    endpointsOf(stack),
  );
  expect(stderr).toContain("Nothing fills in ${Nobody}: write what it stands for into the definition.");
  expect(code).toBe(1);
});

test("steps are asked of our own state machine only", async () => {
  const arn = "arn:aws:states:eu-west-1:1:stateMachine:x";
  const { code, stderr } = await runNpmCommand("replay", [
    "--steps",
    "--state-machine",
    arn,
    "--definition",
    "x",
  ]);
  expect(stderr).toContain("leave out --state-machine");
  expect(code).toBe(2);
});

test("what is tried on another state machine has to be said", async () => {
  const { code, stderr } = await runNpmCommand("replay", [
    "--state-machine",
    "arn:aws:states:eu-west-1:1:stateMachine:x",
  ]);
  expect(stderr).toContain("--definition <file>");
  expect(code).toBe(2);
});
