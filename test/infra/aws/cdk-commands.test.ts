import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, test } from "vitest";
import { bootstrapWords, deployWords, destroyWords } from "#infra/aws/commands/cdk-words.ts";
import { resultOf } from "#test/support/run-npm-command.ts";
import { CALLER_IDENTITY, startStubbornAws } from "#test/support/stubborn-aws.ts";
import { synthesiseStacks } from "./synthesised-stacks.ts";

const cdk = createRequire(import.meta.url).resolve("aws-cdk/bin/cdk");
const { directory } = synthesiseStacks("stage=staging");

const aws = await startStubbornAws(CALLER_IDENTITY);

/** The installed CDK, with its real arguments and a real assembly; only AWS says no. */
async function ask(words: string[]) {
  aws.asked.length = 0;
  const env = { PATH: process.env["PATH"], HOME: directory, ...aws.environment };
  const child = spawn(process.execPath, [cdk, "--no-notices", ...words], { env });
  child.stdin.end();
  const { stdout, stderr } = await resultOf(child);
  return { said: stdout + stderr, asked: [...aws.asked] };
}

test("bootstrap knows from the assembly which account and region to prepare", async () => {
  const { said, asked } = await ask(bootstrapWords(directory));
  expect(said).toContain("aws://123456789012/eu-west-1");
  expect(asked).toContain("DescribeStacks CDKToolkit");
});

test.each([
  ["asks", true],
  ["does not ask", false],
])("deploy comes as far as AWS, when it %s", async (_how, asks) => {
  const { said, asked } = await ask(deployWords(directory, asks));
  expect(said).not.toMatch(/unknown argument|not a recognized|Specify an/i);
  expect(
    asked.some((name) => /^(DescribeStacks Bursar-staging-|GetParameter \/cdk-bootstrap\/)/.test(name)),
  ).toBe(true);
});

describe("of a stage that is deployed", () => {
  beforeAll(() => {
    aws.answers["DescribeStacks Bursar-staging-Client"] = {
      xml: `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>
        <Stacks><member><StackName>Bursar-staging-Client</StackName><StackStatus>CREATE_COMPLETE</StackStatus>
        <StackId>arn:aws:cloudformation:eu-west-1:123456789012:stack/Bursar-staging-Client/1</StackId>
        <CreationTime>2026-01-01T00:00:00Z</CreationTime></member></Stacks>
      </DescribeStacksResult></DescribeStacksResponse>`,
    };
  });

  const deletions = (asked: string[]) => asked.filter((name) => name.startsWith("DeleteStack"));

  test("destroy deletes what nobody needs first", async () => {
    const { asked } = await ask(destroyWords(directory, false));
    expect(deletions(asked)).toEqual([expect.stringContaining("Bursar-staging-Client")]);
  });

  test("destroy deletes nothing when there is no person who could be asked", async () => {
    const { said, asked } = await ask(destroyWords(directory, true));
    expect(deletions(asked)).toEqual([]);
    expect(said).toMatch(/are you sure|confirm/i);
  });
});
