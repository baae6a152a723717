import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { followExecution } from "#infra/local/follow-execution.ts";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import { startConsole } from "#infra/operate/console/start-console.ts";
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
  const server = createServer((incoming, response) => {
    if (incoming.headers["x-amz-target"] === "AWSStepFunctions.DescribeExecution") described.push(Date.now());
    const { method, headers, url = "/" } = incoming;
    const forwarded = request(new URL(url, stack.awsUrl), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    forwarded.on("error", () => response.destroy());
    incoming.pipe(forwarded);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, described };
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
