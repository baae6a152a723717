import { expect, onTestFinished, test } from "vitest";
import { startAwsStub } from "../start-aws-stub.ts";
import type { PeerServer } from "./start-server.ts";
import { describeFate, measureDuplicate, measureTableStates } from "./table-states.ts";

test.each([
  [200, { "AWSStepFunctions.StartExecution": 1 }, "answers 200; kept"],
  [200, { "AmazonSQS.SendMessage": 1 }, "answers 200; kept"],
  [200, { "DynamoDB_20120810.GetItem": 1, "DynamoDB_20120810.PutItem": 0 }, "answers 200; LOST"],
  [200, {}, "answers 200; LOST"],
  [500, {}, "answers 500; kept by Stripe, which delivers again"],
])("who answers %i after %o", (status, asked, fate) => {
  expect(describeFate(status, asked)).toBe(fate);
});

test("who swallows the table's error is shown as losing, and who starts an execution as unmoved", async () => {
  const stub = await startAwsStub();
  onTestFinished(() => stub.close());
  const ask = async (target: string) =>
    (await fetch(stub.url, { method: "POST", headers: { "x-amz-target": target } })).status;
  const server = (post: () => Promise<number>): PeerServer => ({ coldMs: 0, post, stop: async () => {} });
  const ours = server(async () => {
    if ((await ask("AWSStepFunctions.StartExecution")) !== 200)
      await ask("AWSStepFunctions.RedriveExecution");
    return 200;
  });
  const swallowing = server(async () => {
    await ask("DynamoDB_20120810.PutItem");
    return 200;
  });
  const servers = new Map([["ours", ours] as const, ["better-auth", swallowing] as const]);
  const run = { report: () => {}, sizes: {} as never, directory: "" };
  const figures = await measureTableStates(run, servers, stub);
  expect(figures.map(({ name, note }) => [name, note])).toEqual([
    ["ours, with the table slow", "answers 200; kept"],
    ["better-auth's Stripe plugin, with the table slow", "answers 200; kept"],
    ["ours, with the table down", "answers 200; kept"],
    ["better-auth's Stripe plugin, with the table down", "answers 200; LOST"],
  ]);
  await expect(measureDuplicate(ours, stub)).resolves.toMatchObject({ ours: 2, atMost: 2 });
});
