import { once } from "node:events";
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { expect, onTestFinished, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { followExecution } from "#infra/local/follow-execution.ts";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { startForwardingProxy } from "#test/support/forwarding-proxy.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import { endpointsOf, runNpmCommand, spawnNpmCommand } from "#test/support/run-npm-command.ts";
import { purchaseEvent } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";
import type { LedgerEntry } from "#workflow/ledger/entry.ts";

const { stack, clients } = useRunningStack();

const COURSE = "COURSE-INTERRUPTED";
const NAMES = Array.from({ length: 40 }, (_, index) => `interrupted-${index}`);
const REDRIVE = ["redrive", "--course", COURSE, "--because", "the course is back", "--yes", "--json"];

async function failAll(): Promise<void> {
  for (const name of NAMES) {
    await clients.putItem(studentItem({ ...student, userId: `user-${name}` }));
    await clients.deliver(purchaseEvent(name, { courseId: COURSE }));
  }
  for (const name of NAMES) await followExecution(clients.sfn, `evt_${name}`);
}

async function countRedrives(): Promise<Record<string, number>> {
  const { executions = [] } = await clients.sfn.send(
    new ListExecutionsCommand({ stateMachineArn: STATE_MACHINE_ARN, maxResults: 1_000 }),
  );
  return Object.fromEntries(
    executions.map(({ name, status, redriveCount }) => [`${name} ${status}`, redriveCount ?? 0]),
  );
}

async function run<Said>(script: "dead-letters" | "ops", words: string[], awsUrl = stack.awsUrl) {
  const { code, stdout, stderr } = await runNpmCommand(script, words, endpointsOf({ ...stack, awsUrl }));
  return { code, stderr, said: (stdout ? JSON.parse(stdout) : undefined) as Said };
}

test("a redrive that is killed half-way is gone on with by the same command, and each execution is redriven once", {
  timeout: 240_000,
}, async () => {
  await failAll();
  await clients.putItem(courseItem({ ...paidCourse, courseId: COURSE }));

  let redrives = 0;
  let onHalf = () => {};
  const half = new Promise<void>((resolve) => (onHalf = resolve));
  const proxy = await startForwardingProxy(stack.awsUrl, ({ headers }) => {
    if (headers["x-amz-target"] === "AWSStepFunctions.RedriveExecution") redrives += 1;
    if (redrives === 30) onHalf();
    return false;
  });
  onTestFinished(() => proxy.close());
  const env = endpointsOf({ ...stack, awsUrl: proxy.url });
  const child = spawnNpmCommand("dead-letters", REDRIVE, { env });
  await half;
  child.kill("SIGKILL");
  await once(child, "exit");

  interface Said {
    planId: string;
    redriven: { outcome: string; redriveCount: number }[];
  }
  // For ten seconds nobody knows that it is dead.
  const goOn = async () => (await run<Said>("dead-letters", REDRIVE, proxy.url)).code;
  await expect.poll(goOn, { timeout: 60_000, interval: 1_000 }).toBe(0);
  expect(await countRedrives()).toEqual(
    Object.fromEntries(NAMES.map((name) => [`evt_${name} SUCCEEDED`, 1])),
  );
  expect(redrives).toBe(NAMES.length);
  const left = await run<{ deadLetters: unknown[] }>("dead-letters", ["list", "--course", COURSE, "--json"]);
  expect(left.said.deadLetters).toEqual([]);

  const { said: ledger } = await run<{ entries: LedgerEntry[] }>("ops", [
    "ledger",
    "--action",
    "plan",
    "--json",
  ]);
  expect(ledger.entries.map(({ outcome }) => outcome?.text)).toEqual([
    "closed 40, failed 0, left 0",
    undefined,
  ]);
  const [planId = ""] = ledger.entries[0]?.about ?? [];
  const { said: ofPlan } = await run<{ entries: LedgerEntry[] }>("ops", [
    "ledger",
    planId,
    "--action",
    "redrive",
    "--json",
  ]);
  const redriven = ofPlan.entries.filter(({ outcome }) => outcome?.isDone);
  expect(redriven).toHaveLength(NAMES.length);
  const again = await run("dead-letters", ["redrive", "--resume", planId, "--yes", "--json"]);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("was run already")]);
});
