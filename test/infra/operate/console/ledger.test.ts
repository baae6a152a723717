import { beforeAll, expect, onTestFinished, test } from "vitest";
import { followExecution } from "#infra/local/follow-execution.ts";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import type { Faults, LedgerPage } from "#infra/operate/console/contract.ts";
import { startConsole } from "#infra/operate/console/start-console.ts";
import { endpointsOf, runNpmCommand } from "#test/support/run-npm-command.ts";
import { stripeEvent } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";
import type { LedgerEntry } from "#workflow/ledger/entry.ts";

/** Milliseconds; every command is a process of its own. */
const PATIENT = { timeout: 120_000 };

const { stack, clients } = useRunningStack();

beforeAll(async () => {
  const session = { id: "cs_test_failed", metadata: { userId: "user-ada", courseId: "NO-SUCH-COURSE" } };
  await clients.postWebhook(stripeEvent({ id: "evt_failed", session }));
  await followExecution(clients.sfn, "evt_failed");
});

/** Nothing is measured: alarms are not what is tested here. */
const nothing = { since: 0, sample: async () => {}, read: () => undefined };

async function openConsole() {
  const { awsUrl, stripeUrl } = stack;
  const console = await startConsole({
    port: 0,
    aws: awsOf(stack),
    stateMachineArn: STATE_MACHINE_ARN,
    mayRedrive: true,
    local: { awsUrl, stripeUrl, measured: nothing },
  });
  onTestFinished(() => console.close());
  const call = async <Answer>(path: string, init?: RequestInit) => {
    const response = await fetch(`${console.url}/api/${path}`, init);
    return { status: response.status, body: (await response.json()) as Answer };
  };
  return {
    read: async <Answer>(path: string) => (await call<Answer>(path)).body,
    post: (path: string, body: object) =>
      call<{ error?: string }>(path, {
        method: "POST",
        headers: { "x-bursar-console": "1", "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
  };
}

const ledger = async (...words: string[]) => {
  const { code, stdout, stderr } = await runNpmCommand(
    "ops",
    ["ledger", ...words, "--json"],
    endpointsOf(stack),
  );
  if (code !== 0) throw new Error(stderr);
  return (JSON.parse(stdout) as { entries: LedgerEntry[] }).entries;
};

test.each([
  ["executions/evt_failed/redrive", {}],
  ["executions/evt_failed/stop", {}],
  ["dead-letters/some-message/redrive", {}],
  ["dead-letters/some-message/delete", {}],
  ["faults", { aws: [] }],
  ["faults", { stripe: { paused: true } }],
  ["rehearsals", { kind: "foreignSale" }],
  ["deliveries/evt_failed/resend", {}],
])("%s without a reason is refused, and nothing of it is done", async (path, body) => {
  const { read, post } = await openConsole();
  const before = await read<LedgerPage>("ledger");
  for (const reason of [undefined, "  ", "ada@example.com asked"])
    expect(await post(path, { ...body, reason })).toMatchObject({ status: 400 });
  expect(await read<LedgerPage>("ledger")).toEqual(before);
  expect((await read<Faults>("faults")).stripe?.paused).toBe(false);
});

test(
  "what the console does is read by the command, and what the command does by the console",
  PATIENT,
  async () => {
    const { read, post } = await openConsole();
    await expect(
      post("executions/evt_failed/redrive", { reason: "to see that it fails" }),
    ).resolves.toMatchObject({
      status: 200,
    });
    await followExecution(clients.sfn, "evt_failed");
    const letters = ["redrive", "--error", "CourseNotFound"];
    const refused = await runNpmCommand("dead-letters", [...letters, "--yes"], endpointsOf(stack));
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("--because") as string });
    const named = [...letters, "--yes", "--because", "ada@example.com asked"];
    expect(await runNpmCommand("dead-letters", named, endpointsOf(stack))).toMatchObject({ code: 2 });
    const reasoned = [...letters, "--yes", "--because", "once more"];
    expect(await runNpmCommand("dead-letters", reasoned, endpointsOf(stack))).toMatchObject({ code: 3 });

    const entries = await ledger("evt_failed");
    expect(entries).toMatchObject([
      {
        action: "redrive",
        via: "command",
        reason: "once more",
        about: expect.arrayContaining(["evt_failed", "cs_test_failed"]) as string[],
        outcome: {
          isDone: false,
          text: "evt_failed: failed. It has failed again as before: CourseNotFound at ValidateSession.",
        },
      },
      {
        action: "redrive",
        via: "console",
        reason: "to see that it fails",
        outcome: { isDone: true, text: "evt_failed: at work" },
      },
    ]);
    expect(entries.map(({ by }) => by)).toEqual([expect.stringMatching(/^\w/), entries[0]?.by]);
    expect((await read<LedgerPage>("ledger?action=redrive&about=evt_failed")).entries).toEqual(entries);
    expect(await ledger("--action", "stop")).toEqual([]);
    expect(JSON.stringify(entries)).not.toContain("user-ada");
  },
);

test(
  "a table that is broken on purpose is mended all the same, and the ledger has both",
  PATIENT,
  async () => {
    const { read, post } = await openConsole();
    const refuse = { target: "DynamoDB_20120810.", kind: "refuse" };
    await expect(post("faults", { aws: [refuse], reason: "a drill" })).resolves.toMatchObject({
      status: 200,
    });
    const { status, body } = await post("executions/evt_failed/redrive", { reason: "in vain" });
    expect([status, body.error]).toEqual([
      502,
      expect.stringMatching(/^The ledger cannot be written .*nothing was done/),
    ]);
    await expect(post("faults", { aws: [], reason: "the drill is over" })).resolves.toMatchObject({
      status: 200,
    });
    const faults = async () => (await read<LedgerPage>("ledger?action=fault")).entries;
    await expect.poll(faults, { timeout: 15_000 }).toMatchObject([
      { reason: "the drill is over", outcome: { isDone: true, text: "all of it works" } },
      { reason: "a drill", outcome: { isDone: true, text: "DynamoDB_20120810. refuse" } },
    ]);
  },
);
