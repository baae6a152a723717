import { expect, test } from "vitest";
import { createLetterReader } from "#infra/operate/records/dead-letters.ts";
import { type DeadLetter, readDeadLetter } from "#workflow/dead-letters/read.ts";

function letterOf(
  name: string,
  { error = "CourseNotFound", courseId = "C-1", userId = "user-ada" } = {},
): DeadLetter {
  const ids = { eventId: name, checkoutSessionId: `cs_${name}`, paymentIntentId: null, userId, courseId };
  const body = { ...ids, executionArn: `arn:aws:states:x:0:execution:bursar:${name}`, error, cause: "{}" };
  const sentAt = `2026-11-23T12:00:${name.slice(-2)}.000Z`;
  return readDeadLetter(JSON.stringify(body), { messageId: `m-${name}`, receiptHandle: "handle", sentAt });
}

const MANY = Array.from({ length: 55 }, (_, index) => letterOf(`evt_${String(index).padStart(2, "0")}`));
const OTHERS = [
  letterOf("evt_57", { error: "AmountMismatch" }),
  letterOf("evt_58", { courseId: "C-2" }),
  letterOf("evt_59", { courseId: "C-2", userId: "user-grace" }),
];

function createReader(letters: DeadLetter[], total = letters.length) {
  const asked = { peeks: 0, standings: [] as string[][] };
  const reader = createLetterReader(
    {
      async peekDeadLetters() {
        asked.peeks += 1;
        return letters;
      },
      countDeadLetters: async () => total,
    },
    {
      async listStandings(names) {
        asked.standings.push(names);
        return new Map(names.map((name) => [name, { executionName: name, status: "FAILED" as const }]));
      },
    },
  );
  return { reader, asked };
}

test("letters are grouped by error and course, the largest group first, each with its oldest", async () => {
  const { reader } = createReader([...MANY, ...OTHERS]);
  const { groups, errors, courseIds, matching, total } = await reader.listDeadLetters({});
  expect(groups).toEqual([
    { error: "CourseNotFound", courseId: "C-1", letters: 55, sentAt: MANY[0]?.sentAt },
    { error: "CourseNotFound", courseId: "C-2", letters: 2, sentAt: OTHERS[1]?.sentAt },
    { error: "AmountMismatch", courseId: "C-1", letters: 1, sentAt: OTHERS[0]?.sentAt },
  ]);
  expect([errors, courseIds, matching, total]).toEqual([
    ["AmountMismatch", "CourseNotFound"],
    ["C-1", "C-2"],
    58,
    58,
  ]);
});

test("a page has fifty letters, and only their executions are asked for", async () => {
  const { reader, asked } = createReader(MANY);
  const first = await reader.listDeadLetters({});
  expect([first.deadLetters.length, first.next]).toEqual([50, "50"]);
  const last = await reader.listDeadLetters({}, 50);
  expect([last.deadLetters.map(({ executionName }) => executionName), last.next]).toEqual([
    ["evt_50", "evt_51", "evt_52", "evt_53", "evt_54"],
    undefined,
  ]);
  expect(asked.standings.map((names) => names.length)).toEqual([50, 5]);
  expect(asked.peeks).toBe(1);
  reader.forgetLastLook();
  await reader.listDeadLetters({});
  expect(asked.peeks).toBe(2);
});

test.each([
  [{ error: "AmountMismatch" }, ["evt_57"]],
  [{ courseId: "C-2" }, ["evt_58", "evt_59"]],
  [{ userId: "user-grace" }, ["evt_59"]],
  [{ until: new Date("2026-11-23T12:00:01.000Z") }, ["evt_00", "evt_01"]],
  [{ since: new Date("2026-11-23T12:00:58.000Z") }, ["evt_58", "evt_59"]],
])("%o narrows letters, groups and their count alike", async (filter, names) => {
  const { reader } = createReader([...MANY, ...OTHERS]);
  const { deadLetters, groups, matching, read } = await reader.listDeadLetters(filter);
  expect(deadLetters.map(({ executionName }) => executionName)).toEqual(names);
  expect(groups.reduce((sum, { letters }) => sum + letters, 0)).toBe(names.length);
  expect([matching, read]).toEqual([names.length, 58]);
});

test("letters that somebody else has in hand are counted, and said not to be read", async () => {
  const { reader } = createReader(MANY, 60);
  await expect(reader.listDeadLetters({})).resolves.toMatchObject({ read: 55, total: 60 });
});
