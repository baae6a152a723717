/** What handlers may do, in the words of IAM, so that a role says what its function does and nothing more. */
import { type Acknowledgment, ArnFormat, type Stack } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IStateMachine } from "aws-cdk-lib/aws-stepfunctions";

export interface Permission {
  statement: PolicyStatement;
  /** Why a resource cannot be named in full. */
  wildcard?: Acknowledgment;
}

export function allow(actions: string[], ...resources: string[]): Permission {
  return { statement: new PolicyStatement({ actions, resources }) };
}

/** @param verbs of DynamoDB's API, e.g. `GetItem` */
export function allowOnTable(table: TableV2, ...verbs: string[]): Permission {
  const actions = verbs.map((verb) => `dynamodb:${verb}`);
  return allow(actions, table.tableArn);
}

/**
 * Starts executions.
 * @param name the state machine's own, e.g. `bursar-enrollment`
 * @param verbs what else of Step Functions' API may be done to its executions, e.g. `RedriveExecution`
 */
export function allowEnrollmentExecutions(
  { stack, stateMachineArn }: IStateMachine,
  name: string,
  ...verbs: string[]
): Permission[] {
  const executions = executionsArn(stack, name);
  const actions = verbs.map((verb) => `states:${verb}`);
  const wildcard = {
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${name}:*]`,
    reason: "Executions are named after events that are yet to come; they are all of this one state machine.",
  };
  return [allow(["states:StartExecution"], stateMachineArn), { ...allow(actions, executions), wildcard }];
}

export function allowReadingSecret(stack: Stack, secretName: string): Permission {
  return allow(["secretsmanager:GetSecretValue"], secretArn(stack, secretName));
}

/** @param name the state machine's own @returns of all its executions */
export const executionsArn = (stack: Stack, name: string) =>
  colonArn(stack, "states", "execution", `${name}:*`);

/** Secrets Manager appends six characters to a name to make an ARN of it. */
export const secretArn = (stack: Stack, secretName: string) =>
  colonArn(stack, "secretsmanager", "secret", `${secretName}-??????`);

function colonArn(stack: Stack, service: string, resource: string, resourceName: string): string {
  return stack.formatArn({ service, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}
