/** What a request to AWS asks for: the action and the resources, as a role's policy names them. */
import type { IncomingHttpHeaders } from "node:http";
import { stateMachineOf } from "#handlers/adapters/step-functions/names.ts";
import { arnOf, queueArn } from "#infra/local/names.ts";

export interface Call {
  /** The service as the signature names it, and the operation: `dynamodb:Query`. */
  action: string;
  /** An ARN; `*` of what takes none. */
  resource: string;
  /** Of the table: where the partition key begins; of a call, the whole key. */
  partitions?: string[] | undefined;
}

interface Asked {
  TableName?: string;
  Key?: { PK?: { S?: string } };
  Item?: { PK?: { S?: string } };
  QueueName?: string;
  IndexName?: string;
  RequestItems?: Record<string, unknown>;
  executionArn?: string;
  stateMachineArn?: string;
  stateMachineAliasArn?: string;
  QueueUrl?: string;
  SecretId?: string;
  UserPoolId?: string;
}

/** @throws Error when it asks for something whose ARN cannot be told */
export function readCall(headers: IncomingHttpHeaders, body: string): Call {
  // A batch takes the permission of what it does to each.
  const operation =
    /\.(\w+?)(?:(?<=Message|Visibility)Batch)?$/.exec(String(headers["x-amz-target"]))?.[1] ?? "";
  const [, , , service = ""] = /Credential=([^,]+)/.exec(headers.authorization ?? "")?.[1]?.split("/") ?? [];
  const asked = JSON.parse(body) as Asked;
  const partition = (asked.Key ?? asked.Item)?.PK?.S;
  const resource = operation === "ListStateMachines" ? "*" : resourceOf(asked);
  return { action: `${service}:${operation}`, resource, ...(partition && { partitions: [partition] }) };
}

/** Six characters after a secret's name are Secrets Manager's. */
export const secretArn = (name: string) => arnOf("secretsmanager", `secret:${name}-AbCdEf`);
export const userPoolArn = (id: string) => arnOf("cognito-idp", `userpool/${id}`);
export const tableArn = (name: string) => arnOf("dynamodb", `table/${name}`);

function resourceOf(asked: Asked): string {
  const { TableName, IndexName, RequestItems, executionArn, stateMachineArn, QueueUrl, SecretId } = asked;
  const [table] = [TableName ?? [], Object.keys(RequestItems ?? {})].flat();
  if (table) return IndexName ? `${tableArn(table)}/index/${IndexName}` : tableArn(table);
  if (executionArn) return executionArn;
  const stateMachine = stateMachineArn ?? asked.stateMachineAliasArn;
  // Of a version or an alias, IAM asks for the state machine.
  if (stateMachine) return stateMachineOf(stateMachine);
  if (asked.QueueName) return queueArn(asked.QueueName);
  if (QueueUrl) return queueArn(QueueUrl.split("/").at(-1) ?? "");
  if (SecretId) return secretArn(SecretId);
  if (asked.UserPoolId) return userPoolArn(asked.UserPoolId);
  throw new Error(`Of ${Object.keys(asked).join(", ")} no resource can be told.`);
}
