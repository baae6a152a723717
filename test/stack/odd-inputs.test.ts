import { StartExecutionCommand } from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { NO_PAYMENT_EVENTS } from "#test/support/no-payment-events.ts";
import { runNpmCommand } from "#test/support/run-npm-command.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const { stack, clients } = useRunningStack();

async function operate(script: "dead-letters" | "find", ...words: string[]) {
  const { ports, dataDir } = stack;
  const env = { AWS_PORT: String(ports.aws), STRIPE_PORT: String(ports.stripe), BURSAR_DATA_DIR: dataDir };
  const { code, stdout, stderr } = await runNpmCommand(script, [...words, "--local", "--json"], env);
  expect(stderr).toBe("");
  return { code, said: JSON.parse(stdout) as Record<string, unknown> };
}

test("executions that somebody starts with no payment event leave one letter each, for the commands to read and redrive", {
  timeout: 120_000,
}, async () => {
  const inputs = NO_PAYMENT_EVENTS.map(([, input], index) => ({ name: `by-hand-${index}`, input }));
  for (const { name, input } of inputs)
    await clients.sfn.send(
      new StartExecutionCommand({ stateMachineArn: STATE_MACHINE_ARN, name, input: JSON.stringify(input) }),
    );
  const listed = async (...words: string[]) => {
    const { said } = await operate("dead-letters", "list", ...words);
    return said["deadLetters"] as { executionName: string; error: string; messageId: string }[];
  };
  const all = inputs.map(({ name }) => [name, "InvalidPaymentEvent"]);
  await expect
    .poll(async () => (await listed()).map(({ executionName, error }) => [executionName, error]).sort(), {
      timeout: 60_000,
    })
    .toEqual(all.sort());

  const redriven = await operate("dead-letters", "redrive", "by-hand-0", "--because", "a slip", "--yes");
  expect(redriven).toMatchObject({
    code: 3,
    said: { redriven: [{ executionName: "by-hand-0", outcome: "failed" }] },
  });
  const found = await operate("find", "by-hand-1");
  expect(found).toMatchObject({
    code: 0,
    said: { purchases: [], gaps: [expect.stringContaining("InvalidPaymentEvent")] },
  });
  const closed = await operate("dead-letters", "close", "by-hand-1", "--because", "a slip", "--yes");
  expect(closed.code).toBe(0);
  expect(await listed("by-hand-1")).toEqual([]);
  expect(await listed("by-hand-0")).toHaveLength(2);
});
