/** The operators' two roles for people: what each may, and what somebody who asks AWS may not. */
import {
  actionsOf,
  OPERATOR_PARTS,
  type OperatorRole,
  operatorRoleName,
} from "#infra/deployment/operators.ts";

/** For a command's help: a line for each part of what is called, and below it the actions. */
export function describeRoles(): string {
  const linesOf = (role: OperatorRole) =>
    OPERATOR_PARTS.filter((part) => part.role === role).flatMap((part) => [
      `  ${part.what}`,
      `    ${actionsOf(part).join(", ")} on ${describePlace(part)}`,
    ]);
  return [
    "looking (LookingRoleArn):",
    ...linesOf("looking"),
    "repairing (RepairingRoleArn), beside these:",
    ...linesOf("repairing"),
  ].join("\n");
}

const describePlace = ({ on, partitions }: (typeof OPERATOR_PARTS)[number]) =>
  [`the ${on}`, partitions && `where it begins with ${partitions.join(", ")}`].filter(Boolean).join(", ");

/** @param caller as AWS knows them @returns undefined of whoever has taken neither */
export function findRoleOf(caller: string, deployment: string, region: string): OperatorRole | undefined {
  const [, taken] = /:assumed-role\/([^/]+)\//.exec(caller) ?? [];
  return (["looking", "repairing"] as const).find(
    (role) => taken === operatorRoleName(deployment, region, role),
  );
}
