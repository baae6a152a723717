import { expect, test } from "vitest";
import { paymentEvent } from "#test/support/payment-events.ts";
import { type DeadLetter, matchesFilter, readDeadLetter } from "#workflow/dead-letters/read.ts";
import { groupByExecution, redriveDeadLetters } from "#workflow/dead-letters/redrive.ts";
import type { PaymentNotice } from "#workflow/payment-notice.ts";
import type { ExecutionStatus } from "#workflow/ports/executions.ts";

const message = (messageId: string) => ({
  messageId,
  receiptHandle: `handle-${messageId}`,
  sentAt: "2026-11-23T12:00:00.000Z",
});
const letterOf = (executionName: string, messageId = executionName, ids: object = {}) =>
  readDeadLetter(
    JSON.stringify({
      eventId: executionName,
      executionArn: `arn:aws:states:us-east-1:000000000000:execution:bursar-enrollment:${executionName}`,
      checkoutSessionId: "cs_test_1",
      paymentIntentId: null,
      userId: "user-ada",
      courseId: "TEST-COURSE-003",
      error: "CourseNotFound",
      cause: "{}",
      ...ids,
    }),
    message(messageId),
  );

async function redrive(
  letters: DeadLetter[],
  statuses: ExecutionStatus[],
  startedAs?: (name: string) => string,
) {
  const done: string[] = [];
  let time = 0;
  const results = await redriveDeadLetters(
    groupByExecution(letters),
    {
      queue: {
        deleteDeadLetters: async (gone) =>
          void done.push(`delete ${gone.map(({ messageId }) => messageId).join()}`),
        releaseDeadLetters: async (kept) =>
          void done.push(`keep ${kept.map(({ messageId }) => messageId).join()}`),
      },
      executions: {
        redriveExecution: async (name) => {
          done.push(`redrive ${name}`);
          return name === "evt_gone" ? undefined : (startedAs?.(name) ?? name);
        },
        startAfresh: async () => {},
        startExecution: async ({ eventId }) => {
          done.push(`start ${eventId}`);
          return "started";
        },
        findExecutionStatus: async (name) => {
          done.push(`look ${name}`);
          return statuses.length > 1 ? (statuses.shift() ?? "unknown") : (statuses[0] ?? "unknown");
        },
      },
      pause: async (milliseconds) => void (time += milliseconds),
      now: () => new Date(time),
    },
    () => {},
  );
  return { done, outcomes: results.map(({ outcome, executionName }) => [executionName, outcome]) };
}

test("a letter is deleted only after its execution has succeeded", async () => {
  const { done, outcomes } = await redrive([letterOf("evt_1")], ["running", "running", "succeeded"]);
  expect(done).toEqual(["redrive evt_1", "look evt_1", "look evt_1", "look evt_1", "delete evt_1"]);
  expect(outcomes).toEqual([["evt_1", "succeeded"]]);
});

test("a letter whose execution fails again is kept", async () => {
  const { done } = await redrive([letterOf("evt_1")], ["failed"]);
  expect(done.at(-1)).toBe("keep evt_1");
});

test("a letter whose execution never ends is kept, and the waiting ends", async () => {
  const { done, outcomes } = await redrive([letterOf("evt_1")], ["running"]);
  expect(done.at(-1)).toBe("keep evt_1");
  expect(outcomes).toEqual([["evt_1", "running"]]);
});

test("an execution that is not to be seen yet is waited for", async () => {
  const { outcomes } = await redrive([letterOf("evt_1")], ["unknown", "succeeded"]);
  expect(outcomes).toEqual([["evt_1", "succeeded"]]);
});

test("several letters of one execution are one redrive, and go together", async () => {
  const { done } = await redrive([letterOf("evt_1", "m1"), letterOf("evt_1", "m2")], ["succeeded"]);
  expect(done).toEqual(["redrive evt_1", "look evt_1", "delete m1,m2"]);
});

test("the execution that took the place of one past redrive is the one that is waited for", async () => {
  const { outcomes } = await redrive([letterOf("evt_1")], ["succeeded"], (name) => `${name}-r1`);
  expect(outcomes).toEqual([["evt_1-r1", "succeeded"]]);
});

test("an execution that is forgotten cannot be redriven, and its letter is kept", async () => {
  const { done, outcomes } = await redrive([letterOf("evt_gone")], ["succeeded"]);
  expect(done).toEqual(["redrive evt_gone", "keep evt_gone"]);
  expect(outcomes).toEqual([[undefined, "not-redrivable"]]);
});

test.each([
  ["left out", { eventId: null, checkoutSessionId: null, userId: null, courseId: null }],
  ["no texts", { eventId: 5, checkoutSessionId: {}, userId: [], courseId: true }],
])("a letter of an execution whose ids are %s names its execution, and is redriven", async (_what, ids) => {
  const letter = letterOf("by-hand", "m1", ids);
  expect(letter).toMatchObject({ executionName: "by-hand", error: "CourseNotFound" });
  expect(letter).toMatchObject({ eventId: undefined, checkoutSessionId: undefined, courseId: undefined });
  expect(matchesFilter(letter, { id: "by-hand" })).toBe(true);
  const { done } = await redrive([letter], ["failed"]);
  expect(done).toEqual(["redrive by-hand", "look by-hand", "keep m1"]);
});

test("an event that the overflow queue gave up is started", async () => {
  const letter = readDeadLetter(JSON.stringify(paymentEvent()), message("m1"));
  expect(letter).toMatchObject({ error: "NotStarted", eventId: "evt_1", courseId: "TEST-COURSE-003" });
  const { done } = await redrive([letter], ["succeeded"]);
  expect(done).toEqual(["start evt_1", "look evt_1", "delete m1"]);
});

test("a notice that the overflow queue gave up on is told as such, and is nothing to redrive", async () => {
  const notice: PaymentNotice = {
    noticeId: "evt_refund",
    noticeType: "charge.refunded",
    occurredAt: "2026-11-23T12:00:00.000Z",
    livemode: false,
    paymentIntentId: "pi_1",
    amountRefunded: 4900,
    disputeStatus: null,
  };
  const letter = readDeadLetter(JSON.stringify(notice), message("m1"));
  expect(letter).toMatchObject({ error: "NotNoted", eventId: "evt_refund", paymentIntentId: "pi_1" });
  expect(letter.cause).toContain("charge.refunded");
  expect(matchesFilter(letter, { id: "evt_refund", error: "NotNoted" })).toBe(true);
  const { done } = await redrive([letter], []);
  expect(done).toEqual(["keep m1"]);
});

test("what is no dead letter is shown and left where it is", async () => {
  const letter = readDeadLetter("garbage", message("m1"));
  expect(letter.error).toBe("Unreadable");
  await expect(redrive([letter], [])).resolves.toMatchObject({ done: ["keep m1"] });
});

test.each([
  [{}, true],
  [{ id: "evt_1" }, true],
  [{ id: "cs_test_1" }, true],
  [{ id: "m1" }, true],
  [{ id: "evt_2" }, false],
  [{ error: "CourseNotFound", courseId: "TEST-COURSE-003" }, true],
  [{ error: "CourseNotFound", courseId: "TEST-COURSE-005" }, false],
  [{ error: "AmountMismatch" }, false],
  [{ since: new Date("2026-11-23T11:00:00.000Z") }, true],
  [{ since: new Date("2026-11-23T13:00:00.000Z") }, false],
])("%o is a letter's filter", (filter, matches) => {
  expect(matchesFilter(letterOf("evt_1", "m1"), filter)).toBe(matches);
});
