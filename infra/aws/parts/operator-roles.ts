/** The roles of whoever operates: one only looks, the other repairs, each by what its programs call and nothing more. */
import { Aws, type Stack, Validations } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { AccountRootPrincipal, ManagedPolicy, PolicyStatement, Role } from "aws-cdk-lib/aws-iam";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { Names } from "#infra/deployment/names.ts";
import {
  actionsOf,
  OPERATOR_PARTS,
  type OperatorPart,
  type OperatorRole,
  type OperatorThing,
  operatorRoleName,
} from "#infra/deployment/operators.ts";
import { executionsArn, secretArn } from "./permissions.ts";

interface OperatedParts {
  names: Names;
  table: TableV2;
  stateMachine: StateMachine;
  deadLetterQueue: IQueue;
}

/**
 * Policies beside the roles, for accounts whose people have roles of their own. Who may take a role, the account's
 * administrators say, by `sts:AssumeRole` on it.
 */
export function createOperatorRoles(stack: Stack, parts: OperatedParts): Record<OperatorRole, Role> {
  const looking = createPolicy(stack, "LookingPolicy", "looking", parts);
  const repairing = createPolicy(stack, "RepairingPolicy", "repairing", parts);
  const { deployment } = parts.names;
  const createRole = (id: string, role: OperatorRole, managedPolicies: ManagedPolicy[]) =>
    new Role(stack, id, {
      roleName: operatorRoleName(deployment, Aws.REGION, role),
      description: `Bursar: whoever operates ${deployment}, ${role}`,
      assumedBy: new AccountRootPrincipal(),
      managedPolicies,
    });
  return {
    looking: createRole("LookingRole", "looking", [looking]),
    repairing: createRole("RepairingRole", "repairing", [looking, repairing]),
  };
}

function createPolicy(stack: Stack, id: string, role: OperatorRole, parts: OperatedParts): ManagedPolicy {
  const arns = listArns(stack, parts);
  const policy = new ManagedPolicy(stack, id, {
    description: role === "looking" ? "Looks at a deployment of Bursar" : "Repairs, beside looking",
    statements: OPERATOR_PARTS.filter((part) => part.role === role).map((part) => toStatement(part, arns)),
  });
  const { stateMachine } = parts.names;
  Validations.of(policy).acknowledge(
    {
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${stateMachine}:*]`,
      reason:
        "Executions are named after events that are yet to come; they are all of this one state machine.",
    },
    {
      id: "AwsSolutions-IAM5[Resource::*]",
      reason: "ListStateMachines, which tells names, takes no resource.",
    },
  );
  return policy;
}

function toStatement(part: OperatorPart, arns: Record<OperatorThing, string>): PolicyStatement {
  const partitions = part.partitions?.map((start) => `${start}*`);
  return new PolicyStatement({
    actions: actionsOf(part),
    resources: [arns[part.on]],
    ...(partitions && {
      conditions: {
        "ForAllValues:StringLike": { "dynamodb:LeadingKeys": partitions },
        // Without keys in the request every condition on all of them holds.
        Null: { "dynamodb:LeadingKeys": "false" },
      },
    }),
  });
}

const listArns = (
  stack: Stack,
  { names, table, stateMachine, deadLetterQueue }: OperatedParts,
): Record<OperatorThing, string> => ({
  "state machine": stateMachine.stateMachineArn,
  executions: executionsArn(stack, names.stateMachine),
  "every state machine": "*",
  "dead-letter queue": deadLetterQueue.queueArn,
  table: table.tableArn,
  "table's index": `${table.tableArn}/index/GSI1`,
  "looking key": secretArn(stack, names.lookingKey),
  "Stripe's keys": secretArn(stack, names.stripeSecret),
});
