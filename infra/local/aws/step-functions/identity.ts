/** The names by which the state machine and its executions are known. */
import { ACCOUNT, REGION } from "#infra/local/names.ts";
import { ServiceError } from "../wire.ts";

export interface StateMachineIdentity {
  name: string;
  arn: string;
  roleArn: string;
}

const ARN_PREFIX = `arn:aws:states:${REGION}:${ACCOUNT}`;

export const identifyStateMachine = (name: string): StateMachineIdentity => ({
  name,
  arn: `${ARN_PREFIX}:stateMachine:${name}`,
  roleArn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
});

export const executionArn = (stateMachineName: string, executionName: string) =>
  `${ARN_PREFIX}:execution:${stateMachineName}:${executionName}`;

/** @throws InvalidArn, ExecutionDoesNotExist */
export function parseExecutionArn(stateMachineName: string, arn: unknown): string {
  if (typeof arn !== "string" || !/^arn:aws[\w-]*:states:[^:]*:\d*:execution:[^:]+:[^:]+$/.test(arn)) {
    throw new ServiceError("InvalidArn", `Invalid Arn: '${String(arn)}'`);
  }
  const prefix = executionArn(stateMachineName, "");
  if (!arn.startsWith(prefix)) throw executionDoesNotExist(arn);
  return arn.slice(prefix.length);
}

export const executionDoesNotExist = (arn: string) =>
  new ServiceError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);

/** @throws InvalidArn, StateMachineDoesNotExist */
export function requireStateMachine(identity: StateMachineIdentity, arn: unknown): void {
  if (arn === identity.arn) return;
  if (typeof arn !== "string" || !/^arn:aws[\w-]*:states:[^:]*:\d*:stateMachine:[^:]+/.test(arn)) {
    throw new ServiceError("InvalidArn", `Invalid Arn: '${String(arn)}'`);
  }
  throw new ServiceError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
}
