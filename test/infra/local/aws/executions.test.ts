import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createExecutionStore } from "#infra/local/aws/step-functions/execution-store.ts";
import { createExecutions } from "#infra/local/aws/step-functions/executions.ts";
import { identifyStateMachine } from "#infra/local/aws/step-functions/identity.ts";
import { openReleases } from "#infra/local/aws/step-functions/releases/releases.ts";
import { openDatabase } from "#infra/local/storage/database.ts";
import { loadStateMachine } from "#infra/states-language/definition.ts";
import { createDataDir } from "./endpoint-fixture.ts";

/** Without HTTP between them, two calls are in the same instant. */
async function createTestExecutions() {
  const state = { Type: "Wait", Seconds: 60, End: true };
  const database = await openDatabase(path.join(await createDataDir(), "state"));
  const store = createExecutionStore(database);
  const text = JSON.stringify({ StartAt: "Only", States: { Only: state } });
  const releases = await openReleases(database, { text, loaded: loadStateMachine(text), madeAt: 0 });
  const executions = createExecutions(store, { identity: identifyStateMachine("test"), releases, tasks: {} });
  onTestFinished(async () => {
    await executions.close();
    await database.close();
  });
  return { executions, store, target: { definition: releases.current.definition } };
}

test("two starts of one name in the same instant are one execution", async () => {
  const { executions, store, target } = await createTestExecutions();
  const [one, other] = await Promise.all([
    executions.startExecution("evt_1", "{}", target),
    executions.startExecution("evt_1", "{}", target),
  ]);
  expect(other.startOrder).toBe(one.startOrder);
  expect((await store.listExecutions({ limit: 10 })).items).toHaveLength(1);
});

test("two redrives in the same instant are one", async () => {
  const { executions, target } = await createTestExecutions();
  await executions.startExecution("evt_1", "{}", target);
  await executions.stopExecution("evt_1", {});
  const outcomes = await Promise.allSettled([
    executions.redriveExecution("evt_1", undefined),
    executions.redriveExecution("evt_1", undefined),
  ]);
  expect(outcomes).toMatchObject([{ status: "fulfilled" }, { reason: { name: "ExecutionNotRedrivable" } }]);
});
