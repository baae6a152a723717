/** What the operators' roles allow, as their templates say it, and whether that covers a call. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { OperatorRole } from "#infra/deployment/operators.ts";
import type { Call } from "#test/judges/templates/permissions/calls.ts";
import { readGrants } from "#test/judges/templates/permissions/grants.ts";
import { statementsOf } from "./read-template.ts";
import { synthesiseTemplates } from "./synthesise-templates.ts";

/** @returns one action on one resource, and of the table one beginning of keys at a time */
export function readOperatorGrants(): Record<OperatorRole, Call[]> {
  const directory = mkdtempSync(path.join(tmpdir(), "bursar-templates-"));
  const templates = synthesiseTemplates(directory, []);
  rmSync(directory, { recursive: true, force: true });
  const resources = Object.entries(templates["Bursar-Operations"]?.Resources ?? {});
  const grantsOf = (policyId: string) => {
    const [, policy] = resources.find(([logicalId]) => logicalId.startsWith(policyId)) ?? [];
    if (!policy) throw new Error(`There is no ${policyId}.`);
    return readGrants(statementsOf(policy), templates).flatMap(({ partitions, ...grant }): Call[] =>
      partitions ? partitions.map((one) => ({ ...grant, partitions: [one] })) : [grant],
    );
  };
  const looking = grantsOf("LookingPolicy");
  return { looking, repairing: [...looking, ...grantsOf("RepairingPolicy")] };
}

export const permitted = (grants: Call[], { action, resource, partitions }: Call): boolean =>
  grants.some(
    (grant) =>
      grant.action === action &&
      isLike(resource, grant.resource) &&
      (!grant.partitions || partitions?.every((key) => grant.partitions?.some((like) => isLike(key, like)))),
  );

/** By IAM's wildcards. */
function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split(/([*?])/).map((part) => {
    if (part === "*") return ".*";
    return part === "?" ? "." : part.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`, "s").test(text);
}
