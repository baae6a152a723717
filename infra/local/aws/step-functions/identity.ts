/** The names by which the state machine and its executions are known. */
import { executionArnOf } from "#handlers/adapters/step-functions/names.ts";
import { ACCOUNT, stateMachineArn } from "#infra/local/names.ts";
import type { StateMachineIdentity } from "#infra/states-language/drive-execution.ts";
import { ServiceError } from "../wire.ts";

export const identifyStateMachine = (name: string): StateMachineIdentity => ({
  name,
  arn: stateMachineArn(name),
  roleArn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
});

/**
 * @returns the execution's name
 * @throws InvalidArn, ExecutionDoesNotExist
 */
export function parseExecutionArn(identity: StateMachineIdentity, arn: unknown): string {
  if (typeof arn !== "string" || !/^arn:aws[\w-]*:states:[^:]*:\d*:execution:[^:]+:[^:]+$/.test(arn)) {
    throw invalidArn(arn);
  }
  const prefix = executionArnOf(identity.arn, "");
  if (!arn.startsWith(prefix)) throw executionDoesNotExist(arn);
  return arn.slice(prefix.length);
}

/** In AWS's words: it is no ARN, or one of something else. */
export function invalidArn(arn: unknown) {
  const [prefix, , , , , resourceType] = String(arn).split(":");
  const reason =
    prefix === "arn"
      ? `Resource type not valid in this context: ${resourceType}`
      : `Invalid ARN prefix: ${String(arn)}`;
  return new ServiceError("InvalidArn", `Invalid Arn: '${reason}'`);
}

export const executionDoesNotExist = (arn: string) =>
  new ServiceError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);

/** @throws InvalidArn, StateMachineDoesNotExist */
export function requireStateMachine(identity: StateMachineIdentity, arn: unknown): void {
  if (arn === identity.arn) return;
  if (typeof arn !== "string" || !/^arn:aws[\w-]*:states:[^:]*:\d*:stateMachine:[^:]+/.test(arn)) {
    throw invalidArn(arn);
  }
  throw new ServiceError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
}
