import { beforeAll, expect, onTestFinished, test } from "vitest";
import { followExecution } from "#infra/local/follow-execution.ts";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import { startConsole } from "#infra/operate/console/start-console.ts";
import { startForwardingProxy } from "#test/support/forwarding-proxy.ts";
import { stripeEvent } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const { stack, clients } = useRunningStack();
const FAILED = Array.from({ length: 12 }, (_, index) => `evt_failed_${index}`);

beforeAll(async () => {
  for (const id of FAILED) {
    const session = {
      id: id.replace("evt", "cs_test"),
      metadata: { userId: "user-ada", courseId: "NO-SUCH" },
    };
    await clients.postWebhook(stripeEvent({ id, session }));
  }
  await Promise.all(FAILED.map((name) => followExecution(clients.sfn, name)));
});

/** Stands before the endpoint and notes when it is asked for DescribeExecution. */
async function countAtEndpoint() {
  const described: number[] = [];
  const proxy = await startForwardingProxy(stack.awsUrl, ({ headers }) => {
    if (headers["x-amz-target"] === "AWSStepFunctions.DescribeExecution") described.push(Date.now());
    return false;
  });
  onTestFinished(() => proxy.close());
  return { url: proxy.url, described };
}

test("whatever is shown in however many tabs, Step Functions is asked for DescribeExecution five times a second at most", async () => {
  const { url, described } = await countAtEndpoint();
  const aws = { ...awsOf(stack), endpointUrl: url };
  const console = await startConsole({ port: 0, aws, stateMachineArn: STATE_MACHINE_ARN, mayRedrive: true });
  onTestFinished(() => console.close());
  const read = async (path: string) => {
    const response = await fetch(`${console.url}/api/${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
  };
  // Each of twelve pages asks for its execution, and for those in its place.
  await Promise.all([...FAILED.map((name) => read(`executions/${name}`)), read("dead-letters")]);
  const seconds = ((described.at(-1) ?? 0) - (described[0] ?? 0)) / 1_000;
  expect(described.length).toBeGreaterThanOrEqual(2 * FAILED.length);
  expect(described.length).toBeLessThanOrEqual(5 + 5 * seconds);
});
