import { beforeEach, expect, test } from "vitest";
import type { ExecutionState } from "#infra/operate/records/shapes.ts";
import { createStandings } from "#infra/operate/records/standings.ts";

/** What Step Functions lists, what it only tells when asked for by name, and what it was asked for. */
let listed: Record<string, ExecutionState>;
let unlisted: Record<string, ExecutionState>;
let asked: string[];

beforeEach(() => {
  [listed, unlisted, asked] = [{}, {}, []];
});

const standings = () =>
  createStandings({
    listExecutions: async ({ status }) => {
      asked.push(status ? `list ${status}` : "list");
      const rows = Object.entries(listed).map(([name, state]) => ({
        name,
        status: state,
        startedAt: "",
        redriveCount: 0,
      }));
      return { executions: rows.filter((row) => !status || row.status === status), nextToken: undefined };
    },
    findStatus: async (name) => {
      asked.push(name);
      return listed[name] ?? unlisted[name];
    },
  });

const namesUpTo = (count: number) => Array.from({ length: count }, (_, index) => `evt_${index}`);

test("how listed executions stand costs two lists, however many there are", async () => {
  const names = namesUpTo(157);
  listed = Object.fromEntries(names.map((name) => [name, "FAILED"]));
  const found = await standings().listStandings(names);
  expect(found.size).toBe(157);
  expect(asked).toEqual(["list", "list FAILED"]);
});

test("those that no list tells of are asked for a few at a time, each in its turn, until all have succeeded", async () => {
  const names = namesUpTo(12);
  unlisted = Object.fromEntries(names.map((name) => [name, "SUCCEEDED"]));
  const { listStandings } = standings();
  const sizes: number[] = [];
  for (let look = 0; look < 4; look += 1) sizes.push((await listStandings(names)).size);
  expect(sizes).toEqual([5, 10, 12, 12]);
  expect(asked.filter((what) => !what.startsWith("list"))).toEqual(names);
});

test.each<[what: string, states: Record<string, ExecutionState>, standing: string | undefined]>([
  ["itself when it is the only one", { evt_1: "FAILED" }, "evt_1"],
  ["the fresh one in its place", { evt_1: "FAILED", "evt_1-r1": "RUNNING" }, "evt_1-r1"],
  ["the latest of those that failed", { evt_1: "FAILED", "evt_1-r1": "ABORTED" }, "evt_1-r1"],
  ["itself when it was redriven after all", { evt_1: "SUCCEEDED", "evt_1-r1": "FAILED" }, "evt_1"],
  ["nothing when there is none", {}, undefined],
])("the execution that does the work of another now is %s", async (_what, states, standing) => {
  listed = states;
  const { findStanding, listStandings } = standings();
  expect((await findStanding("evt_1"))?.executionName).toBe(standing);
  expect((await listStandings(["evt_1"])).get("evt_1")?.executionName).toBe(standing);
});

test("a fresh execution is followed by those with higher numbers only", async () => {
  listed = { evt_1: "SUCCEEDED", "evt_1-r1": "FAILED", "evt_1-r2": "RUNNING" };
  expect((await standings().findStanding("evt_1-r1"))?.executionName).toBe("evt_1-r2");
});
