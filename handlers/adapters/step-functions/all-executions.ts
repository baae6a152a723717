/** For whoever repairs: executions as events start them, and those that have failed. */
import type { SFNClient } from "@aws-sdk/client-sfn";
import { createExecutions } from "./executions.ts";
import { createFailedExecutions } from "./failed-executions.ts";

export const createAllExecutions = (stateMachineArn: string, client: SFNClient) => ({
  ...createExecutions(stateMachineArn, client),
  ...createFailedExecutions(stateMachineArn, client),
});
