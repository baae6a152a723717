import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { resultOf, type Script, spawnNpmCommand } from "#test/support/run-npm-command.ts";
import { CALLER_IDENTITY, startStubbornAws } from "#test/support/stubborn-aws.ts";

const NOTHING_THERE = { ...CALLER_IDENTITY, ListStateMachines: { json: { stateMachines: [] } } };
const aws = await startStubbornAws(NOTHING_THERE);
const output = await mkdtemp(path.join(tmpdir(), "bursar-deploy-"));
afterAll(() => rm(output, { recursive: true, force: true }));

beforeEach(() => {
  aws.asked.length = 0;
  aws.answers = NOTHING_THERE;
});

/** The client is built, and all functions are bundled. */
const WHOLE_SYNTHESIS_MS = 180_000;

const stage = ["-c", "stage=staging"];
const key = ["-c", "stripePublishableKey=pk_test_1"];

/** As in a shell without a terminal. */
function run(script: Script, words: string[]) {
  const child = spawnNpmCommand(script, words, { env: aws.environment });
  child.stdin.end();
  return resultOf(child);
}

test("deploy asks for the publishable key before it does anything", async () => {
  const { code, stderr } = await run("deploy", []);
  expect(code).toBe(1);
  expect(stderr).toContain("add -c stripePublishableKey=pk_test_...");
});

test("deploy refuses a stage that AWS would refuse, before it does anything", async () => {
  const { code, stderr } = await run("deploy", ["-c", "stage=aws-test", ...key]);
  expect(code).toBe(1);
  expect(stderr).toContain('stage must not contain "aws"');
  expect(aws.asked).toEqual([]);
});

test("deploy makes nothing while nobody has accepted what the definition does, or that it cannot be known", async () => {
  aws.answers = CALLER_IDENTITY;
  const { code, stdout } = await run("deploy", ["--bootstrap", ...stage, ...key]);
  expect(stdout).toContain("Add --accept untried to deploy it without knowing.");
  expect(aws.asked).not.toContain("DescribeStacks CDKToolkit");
  expect(code).toBe(3);
});

test("deploy --bootstrap prepares the account and region of the environment", async () => {
  const { code, stdout, stderr } = await run("deploy", ["--bootstrap", ...stage, ...key]);
  expect(stdout + stderr).toContain("aws://123456789012/eu-west-1");
  expect(aws.asked).toContain("DescribeStacks CDKToolkit");
  expect(stderr).toContain("cdk bootstrap did not succeed");
  expect(code).toBe(1);
});

test(
  "deploy makes everything and brings it to AWS",
  async () => {
    const { code, stderr } = await run("deploy", ["--yes", "-o", output, ...stage, ...key]);
    expect(aws.asked).toContain("GET /cdk-hnb659fds-assets-123456789012-eu-west-1/");
    expect(aws.asked).toContainEqual(
      expect.stringContaining("GetParameter /cdk-bootstrap/hnb659fds/version"),
    );
    expect(stderr).toContain("cdk deploy did not succeed");
    expect(code).toBe(1);
  },
  WHOLE_SYNTHESIS_MS,
);

test("destroy asks AWS for the stacks of the stage", async () => {
  const { code, stderr } = await run("destroy", ["--yes", ...stage]);
  expect(aws.asked).toContain("DescribeStacks Bursar-staging-Client");
  expect(stderr).toContain("cdk destroy did not succeed");
  expect(code).toBe(1);
});
