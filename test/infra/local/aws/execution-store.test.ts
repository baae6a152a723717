import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
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
