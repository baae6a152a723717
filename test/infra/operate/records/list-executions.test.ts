import { expect, test } from "vitest";
import { type ExecutionsFilter, listExecutions, parsePlace } from "#infra/operate/records/list-executions.ts";
import { createSubjects } from "#infra/operate/records/subjects.ts";
import { createExecutionWalk } from "#infra/operate/records/walk-executions.ts";
import { createListedExecutions, executionsOf, type Told } from "./listed-executions.ts";

/** @param turns how many histories may be read at a look; without it, all */
function createList(told: Told[], turns = Number.POSITIVE_INFINITY) {
  const { lookup, asked } = createListedExecutions(told);
  let left = turns;
  const sources = {
    walk: createExecutionWalk(lookup),
    subjects: createSubjects(lookup, () => (left -= 1) >= 0),
  };
  const list = (filter: ExecutionsFilter = {}, before?: string) => {
    left = turns;
    return listExecutions(filter, before ? parsePlace(before) : undefined, sources);
  };
  return {
    asked,
    list,
    /** Every page to the last, as somebody leafs through them. */
    async listAll(filter?: ExecutionsFilter) {
      const names: string[] = [];
      let before: string | undefined;
      do {
        const { executions, next } = await list(filter, before);
        names.push(...executions.map(({ name }) => name));
        before = next;
      } while (before);
      return names;
    },
  };
}

const namesOf = (told: Told[]) => told.map(({ name }) => name);

test.each([
  ["a second apart", 1_000],
  ["several at the same moment", 0],
])("whoever leafs through all pages meets each execution once, %s", async (_what, everyMs) => {
  const told = executionsOf(1_337, everyMs);
  await expect(createList(told).listAll()).resolves.toEqual(namesOf(told));
});

test("a page's address leads to the same executions, however many have been started since", async () => {
  const told = executionsOf(400);
  const { list } = createList(told);
  const { next } = await list();
  const second = await list({}, next);
  const newer = executionsOf(700)
    .slice(0, 300)
    .map((one) => ({ ...one, startedAt: new Date().toISOString() }));
  told.unshift(...newer);
  const again = await list({}, next);
  expect(again.executions).toEqual(second.executions);
  // Another console, or the same one when it was started again.
  expect((await createList(told).list({}, next)).executions).toEqual(second.executions);
});

test("an older page costs one or two lists once somebody has been near, and still when the tokens are too old", async () => {
  const told = executionsOf(20_000);
  const { list, asked } = createList(told);
  const until = told[19_000]?.startedAt;
  const far = await list({ until });
  expect(far.executions[0]?.name).toBe("evt_1000");
  asked.lists = 0;
  await list({ until }, far.next);
  expect(asked.lists).toBeLessThanOrEqual(2);
  // The executions that the tokens name are no longer listed.
  told.splice(0, told.length, ...told.slice(15_000).map((one) => ({ ...one, name: `${one.name}-again` })));
  expect((await list({ until })).executions[0]?.name).toBe("evt_1000-again");
});

test.each<[what: string, filter: ExecutionsFilter, isWanted: (one: Told) => boolean]>([
  ["status", { status: "FAILED" }, ({ status }) => status === "FAILED"],
  ["part of a name", { text: "EVT_1" }, ({ name }) => name.startsWith("evt_1")],
  ["error", { error: "coursenot" }, ({ error }) => error === "CourseNotFound"],
  [
    "course and student",
    { course: "COURSE-1", student: "user-2" },
    ({ courseId, userId }) => courseId === "COURSE-1" && userId === "user-2",
  ],
  [
    "time",
    { since: "2026-11-01T11:55:00.000Z", until: "2026-11-01T11:58:00.000Z" },
    ({ startedAt }) => startedAt >= "2026-11-01T11:55:00.000Z" && startedAt <= "2026-11-01T11:58:00.000Z",
  ],
])(
  "by %s all are found and nothing else, over as many pages as it takes",
  async (_what, filter, isWanted) => {
    const told = executionsOf(1_000);
    const found = await createList(told, 40).listAll(filter);
    expect(found).toEqual(namesOf(told.filter(isWanted)));
    expect(found.length).toBeGreaterThan(50);
  },
);

test("the oldest of twenty thousand is found by its name in one look", async () => {
  const told = executionsOf(20_000);
  Object.assign(told.at(-1) ?? {}, { name: "evt_long_ago" });
  const { list, asked } = createList(told);
  const { executions, next } = await list({ text: "long_ago" });
  expect(executions).toHaveLength(1);
  expect(next).toBeUndefined();
  expect(asked.lists).toBe(21);
});

test("what is not read yet is neither taken for found nor passed over, and how far a look came is said", async () => {
  const told = executionsOf(300);
  const { list } = createList(told, 30);
  const first = await list({ course: "COURSE-0" });
  expect(first).toMatchObject({ looked: 30, lookedBackTo: told[29]?.startedAt });
  expect(first.executions).toHaveLength(6);
  // The same address comes further with the next look, since what was read is kept.
  const second = await list({ course: "COURSE-0" });
  expect(second).toMatchObject({ looked: 60, lookedBackTo: told[59]?.startedAt });
  // Where nothing may be read at once, the way on begins where this look began.
  const { next } = await createList(told, 0).list({ course: "COURSE-0" }, first.next);
  expect(next).toBe(first.next);
});

test("each row says whom and what it is about, read once while its execution stays as it is", async () => {
  const told = executionsOf(8);
  const { list, asked } = createList(told);
  const { executions } = await list();
  expect(executions[0]?.subject).toEqual({ userId: "user-2", courseId: "COURSE-3", error: "CourseNotFound" });
  await list();
  expect(asked.histories).toBe(8);
  // Redriven, it has failed otherwise.
  Object.assign(told[0] ?? {}, { redriveCount: 1, error: "AmountMismatch" });
  expect((await list()).executions[0]?.subject?.error).toBe("AmountMismatch");
  expect(asked.histories).toBe(9);
});
