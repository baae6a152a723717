/** Step Functions: its wire protocol over the npm engine and the store. */

import type { MetricName } from "#infra/deployment/metrics.ts";
import type { AwsConnection } from "#infra/one-machine/aws-connection.ts";
import type { LoadedStateMachine } from "#infra/states-language/definition.ts";
import type { Database } from "../../storage/database.ts";
import { firstSeenAt } from "../../storage/first-seen.ts";
import { createJsonService } from "../json-service.ts";
import { createTagStore } from "../tag-store.ts";
import type { AwsService } from "../wire.ts";
import { watchExecutions } from "./execution-log.ts";
import { createExecutionStore } from "./execution-store.ts";
import { createExecutions } from "./executions.ts";
import { identifyStateMachine } from "./identity.ts";
import { createExecutionOperations } from "./operations.ts";
import { createAliasOperations } from "./releases/alias-operations.ts";
import { releaseBy } from "./releases/release-by.ts";
import { openReleases } from "./releases/releases.ts";
import { createVersionOperations } from "./releases/version-operations.ts";
import { createStateMachineOperations } from "./state-machine-operations.ts";
import { createTagOperations } from "./tag-operations.ts";
import { createTaskServices, type InvokeFunction } from "./task-services.ts";
import { createTestStateOperation } from "./test-state/test-state.ts";

interface StepFunctions {
  service: AwsService;
  resumeExecutions: () => Promise<number>;
  close(): Promise<void>;
}

export interface DeployedStateMachine {
  name: string;
  /** Its text, with its placeholders filled in. */
  definition: string;
  /** The name of one that leads to the version of this definition, which is published for it. */
  alias?: string;
}

interface StepFunctionsOptions {
  database: Database;
  /** Where Tasks send messages to. */
  aws: AwsConnection;
  stateMachine: DeployedStateMachine;
  loaded: LoadedStateMachine;
  invokeFunction: InvokeFunction;
  /** Told of what CloudWatch would count. */
  recordMetric?: ((metric: MetricName) => void) | undefined;
}

export async function createStepFunctions(options: StepFunctionsOptions): Promise<StepFunctions> {
  const { database, aws, stateMachine, loaded, invokeFunction, recordMetric } = options;
  const identity = identifyStateMachine(stateMachine.name);
  const madeAt = await firstSeenAt(database, `state-machine/${stateMachine.name}`);
  const stored = createExecutionStore(database);
  const store = recordMetric ? watchExecutions(stored, recordMetric) : stored;
  const tasks = createTaskServices(aws, invokeFunction);
  const { definition: text } = stateMachine;
  const releases = await openReleases(database, { text, loaded, madeAt });
  if (stateMachine.alias) await releaseBy(releases, stateMachine.alias);
  const executions = createExecutions(store, { identity, releases, tasks: tasks.services });
  const operations = {
    ...createExecutionOperations(identity, store, executions, releases),
    ...createStateMachineOperations(identity, { releases, madeAt }, executions),
    ...createVersionOperations(identity, releases),
    ...createAliasOperations(identity, releases),
    ...createTagOperations(identity, createTagStore(database)),
    ...createTestStateOperation(tasks.services),
  };
  return {
    service: createJsonService(operations, { errorNamespace: "com.amazonaws.states#", version: "1.0" }),
    resumeExecutions: () => executions.resumeExecutions(),
    async close() {
      await executions.close();
      tasks.close();
    },
  };
}
