import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createExecutionStore } from "#infra/local/aws/step-functions/execution-store.ts";
import { openDatabase } from "#infra/local/storage/database.ts";
import type { Execution } from "#infra/states-language/execution.ts";
import type { HistoryEvent } from "#infra/states-language/history-events.ts";
import { createDataDir } from "./endpoint-fixture.ts";

const execution = { name: "evt_1", status: "RUNNING", startOrder: "1" } as Execution;
const event = (id: number) =>
  ({ id, type: "TaskStarted", timestamp: 0, previousEventId: id - 1 }) as HistoryEvent;

async function openStore() {
  const database = await openDatabase(path.join(await createDataDir(), "state"));
  onTestFinished(() => database.close());
  return { database, store: createExecutionStore(database) };
}

/** @returns the numbers of the events on each page */
async function readPages(
  store: Awaited<ReturnType<typeof openStore>>["store"],
  limit: number,
  reverse: boolean,
) {
  const pages: number[][] = [];
  for (let after: string | undefined; ; ) {
    const { items, next } = await store.listEvents("evt_1", { limit, after, reverse });
    pages.push(items.map(({ id }) => id));
    if (!next) return pages;
    after = next;
  }
}

test("a history is paged through in both directions, wherever its transitions end", async () => {
  const { store } = await openStore();
  await store.writeTransition(execution, [event(1), event(2)], undefined);
  await store.writeTransition(execution, [event(3), event(4), event(5)], execution);
  await store.writeTransition({ ...execution, name: "evt_10" }, [event(1)], undefined);
  await expect(readPages(store, 2, false)).resolves.toEqual([[1, 2], [3, 4], [5]]);
  await expect(readPages(store, 3, true)).resolves.toEqual([
    [5, 4, 3],
    [2, 1],
  ]);
  await expect(readPages(store, 9, true)).resolves.toEqual([[5, 4, 3, 2, 1]]);
});

test("a history that an earlier version began is one with what follows", async () => {
  const { database, store } = await openStore();
  const events = database.sublevel<string, HistoryEvent>("event", { valueEncoding: "json" });
  await events.put("evt_1/000001", event(1));
  await events.put("evt_1/000002", event(2));
  await store.writeTransition(execution, [event(3), event(4)], undefined);
  await expect(readPages(store, 3, false)).resolves.toEqual([[1, 2, 3], [4]]);
});

async function fillStore(store: Awaited<ReturnType<typeof openStore>>["store"], count: number) {
  for (let number = 1; number <= count; number += 1) {
    const name = `evt_${number}`;
    const startOrder = String(number).padStart(3, "0");
    await store.writeTransition({ ...execution, name, startOrder }, [], undefined);
  }
}

test("a list is paged through, however many of the store it leaves out", async () => {
  const { store } = await openStore();
  await fillStore(store, 30);
  const matches = ({ startOrder }: Execution) => Number(startOrder) % 10 < 2;
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const { items, next } = await store.listExecutions({ limit: 2, after }, { status: "RUNNING", matches });
    pages.push(items.map(({ startOrder }) => startOrder));
    after = next;
  } while (after);
  expect(pages).toEqual([
    ["030", "021"],
    ["020", "011"],
    ["010", "001"],
  ]);
});

test("a page reads as much of the store as it has, and one more to see whether there is another", async () => {
  const { database, store } = await openStore();
  await fillStore(store, 30);
  const iterator = vi.spyOn(database, "iterator");
  expect((await store.listExecutions({ limit: 2 })).items).toHaveLength(2);
  expect(iterator.mock.calls).toMatchObject([[{ limit: 3 }]]);
});
