import { GetExecutionHistoryCommand, ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createReadingClient } from "#handlers/adapters/step-functions/pace.ts";
import { createTurns } from "#handlers/adapters/turns.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Of the event loop, whose own time is not the faked one. */
const anotherTurn = () => new Promise((resolve) => setImmediate(resolve));

test("in no window are there more calls than the pace allows, however they are bunched", async () => {
  const takeTurn = createTurns({ calls: 5, perMs: 1_000 });
  const made: number[] = [];
  const call = async () => {
    await takeTurn();
    made.push(Date.now());
  };
  const start = Date.now();
  const calls = Array.from({ length: 12 }, call);
  await vi.advanceTimersByTimeAsync(900);
  calls.push(...Array.from({ length: 3 }, call));
  await vi.runAllTimersAsync();
  await Promise.all(calls);
  expect(made.map((at) => at - start)).toEqual([
    0, 0, 0, 0, 0, 1_000, 1_000, 1_000, 1_000, 1_000, 2_000, 2_000, 2_000, 2_000, 2_000,
  ]);
});

test("who comes after a pause does not wait", async () => {
  const takeTurn = createTurns({ calls: 2, perMs: 1_000 });
  await Promise.all([takeTurn(), takeTurn()]);
  await vi.advanceTimersByTimeAsync(1_000);
  const before = Date.now();
  await takeTurn();
  expect(Date.now()).toBe(before);
});

test("whoever reads many histories leaves some of the account's calls to others, page by page", async () => {
  const client = createReadingClient({
    region: "us-east-1",
    endpoint: "http://localhost:1",
    credentials: TEST_ACCESS_KEY,
  });
  const made: [command: string, at: number][] = [];
  client.middlewareStack.add(
    (_next, { commandName = "" }) =>
      async () => {
        made.push([commandName, Date.now()]);
        return { response: {}, output: { $metadata: {} } };
      },
    { step: "deserialize", priority: "high" },
  );
  const start = Date.now();
  const executionArn = "arn:aws:states:us-east-1:000000000000:execution:bursar-enrollment:evt_1";
  const histories = Array.from({ length: 31 }, () =>
    client.send(new GetExecutionHistoryCommand({ executionArn })),
  );
  const stateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:bursar-enrollment";
  const lists = Array.from({ length: 4 }, () => client.send(new ListExecutionsCommand({ stateMachineArn })));
  let answered = 0;
  const calls = [...histories, ...lists].map(async (call) => {
    await call;
    answered += 1;
  });
  // What the SDK loads at its first call takes real time, in which the clock stands still.
  while (made.length < 18) await anotherTurn();
  while (answered < calls.length) {
    await vi.advanceTimersByTimeAsync(100);
    await anotherTurn();
  }
  await Promise.all(calls);
  const inFirstSecond = (command: string) =>
    made.filter(([name, at]) => name === command && at < start + 1_000).length;
  expect(inFirstSecond("GetExecutionHistoryCommand")).toBe(15);
  expect(inFirstSecond("ListExecutionsCommand")).toBe(3);
});
