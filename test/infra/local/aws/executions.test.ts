import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createExecutionStore } from "#infra/local/aws/step-functions/execution-store.ts";
import { createExecutions } from "#infra/local/aws/step-functions/executions.ts";
import { identifyStateMachine } from "#infra/local/aws/step-functions/identity.ts";
import { openDatabase } from "#infra/local/storage/database.ts";
import { loadStateMachine } from "#infra/states-language/definition.ts";
import { createDataDir } from "./endpoint-fixture.ts";

/** Without HTTP between them, two calls are in the same instant. */
async function createTestExecutions() {
  const state = { Type: "Wait", Seconds: 60, End: true };
  const database = await openDatabase(path.join(await createDataDir(), "state"));
  const store = createExecutionStore(database);
  const loaded = loadStateMachine(JSON.stringify({ StartAt: "Only", States: { Only: state } }));
  const executions = createExecutions(store, { identity: identifyStateMachine("test"), loaded, tasks: {} });
  onTestFinished(async () => {
    await executions.close();
    await database.close();
  });
  return { executions, store };
}

test("two starts of one name in the same instant are one execution", async () => {
  const { executions, store } = await createTestExecutions();
  const [one, other] = await Promise.all([
    executions.startExecution("evt_1", "{}"),
    executions.startExecution("evt_1", "{}"),
  ]);
  expect(other.startOrder).toBe(one.startOrder);
  expect((await store.listExecutions({ limit: 10 })).items).toHaveLength(1);
});

test("two redrives in the same instant are one", async () => {
  const { executions } = await createTestExecutions();
  await executions.startExecution("evt_1", "{}");
  await executions.stopExecution("evt_1", {});
  const outcomes = await Promise.allSettled([
    executions.redriveExecution("evt_1", undefined),
    executions.redriveExecution("evt_1", undefined),
  ]);
  expect(outcomes).toMatchObject([{ status: "fulfilled" }, { reason: { name: "ExecutionNotRedrivable" } }]);
});
