/** What whoever opened this console may do, and why not more. */
import { type OperatorRole, operatorRoleName } from "#infra/deployment/operators.ts";
import { findRoleOf } from "../describe-roles.ts";

interface Permission {
  /** As the ledger names them; undefined while AWS does not say. */
  caller: string | undefined;
  /** Undefined: neither of the deployment's two. */
  role: OperatorRole | undefined;
  /** Why nothing can be changed, and how it could be; undefined: it can. */
  onlyLooks: string | undefined;
}

interface PermissionOptions {
  findCaller: () => Promise<string>;
  /** False: the console was not told that it may act. */
  mayRedrive: boolean;
  /** The deployment's name and its region, of which its roles have theirs. */
  deployment: string;
  region: string;
}

/** @returns asks who it is when it is called; who stands fast is not asked for again */
export function createPermission({ findCaller, mayRedrive, deployment, region }: PermissionOptions) {
  const repairing = `${operatorRoleName(deployment, region, "repairing")} (RepairingRoleArn in the deployment's outputs)`;
  return async (): Promise<Permission> => {
    // Who it is need not be known to look.
    const caller = await findCaller().catch(() => undefined);
    const role = caller === undefined ? undefined : findRoleOf(caller, deployment, region);
    return { caller, role, onlyLooks: explain(role) };
  };

  function explain(role: OperatorRole | undefined): string | undefined {
    if (role === "looking")
      return `This console only looks: its role may change nothing. To repair, take the role ${repairing} and start it with --allow-redrive.`;
    if (mayRedrive) return undefined;
    const how = role === "repairing" ? "" : `, under a role that may, such as ${repairing}`;
    return `This console only looks. To repair, start it with --allow-redrive${how}.`;
  }
}
