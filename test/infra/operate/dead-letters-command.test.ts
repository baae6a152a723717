import { once } from "node:events";
import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { DEAD_LETTER_QUEUE_NAME, executionArn, queueUrl } from "#infra/local/names.ts";
import { startTestEndpoint, type TestEndpoint } from "#test/infra/local/aws/endpoint-fixture.ts";
import { credentialsOf, resultOf, spawnNpmCommand } from "#test/support/run-npm-command.ts";

const LETTERS = 150;

/** As long as a cause with a stack trace is, so that all letters are more than the system keeps for a slow reader. */
const CAUSE = "CourseNotFound: course TEST-COURSE-003 does not exist. ".repeat(80);

async function sendLetters({ url, sqs }: TestEndpoint, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `evt_${index}`);
  for (let first = 0; first < count; first += 10) {
    const Entries = names.slice(first, first + 10).map((name) => ({
      Id: name,
      MessageBody: JSON.stringify({
        eventId: name,
        executionArn: executionArn(name),
        checkoutSessionId: `cs_test_${name}`,
        paymentIntentId: null,
        userId: "user-ada",
        courseId: "TEST-COURSE-003",
        error: "CourseNotFound",
        cause: CAUSE,
      }),
    }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl(url, DEAD_LETTER_QUEUE_NAME), Entries }));
  }
  return names;
}

test("dead-letters list --json is whole for whoever reads it slowly, and takes no letter", async () => {
  const endpoint = await startTestEndpoint();
  const names = await sendLetters(endpoint, LETTERS);
  const env = { AWS_ENDPOINT_URL: endpoint.url, ...credentialsOf(endpoint.accessKey) };
  for (let time = 0; time < 2; time += 1) {
    const child = spawnNpmCommand("dead-letters", ["list", "--json"], { env });
    // It has begun to print, and nobody reads yet.
    await once(child.stdout, "readable");
    const { code, stdout, stderr } = await resultOf(child);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.length).toBeGreaterThan(500_000);
    const { deadLetters } = JSON.parse(stdout) as { deadLetters: { executionName: string }[] };
    expect(deadLetters.map(({ executionName }) => executionName).sort()).toEqual([...names].sort());
  }
});
