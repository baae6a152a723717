import { expect, test } from "vitest";
import { actionsOf, OPERATOR_PARTS } from "#infra/deployment/operators.ts";
import { describeRoles } from "#infra/operate/describe-roles.ts";
import { codeIn, sectionOf, tableRowsIn } from "./markdown.ts";
import { readTracked } from "./tracked-files.ts";

const section = sectionOf(readTracked("infra/operate/README.md"), "Who may do what on AWS");

test("the operators' document has every permission of both roles, and no other", () => {
  const rows = tableRowsIn(section).map(([role, what, on = "", by = ""]) => {
    const [, thing = on, partitions = ""] = /^(.*?) \((.*)\)$/.exec(on) ?? [];
    return { role, what, on: thing, partitions: codeIn(partitions), actions: codeIn(by) };
  });
  expect(rows).toEqual(
    OPERATOR_PARTS.map((part) => {
      const { role, what, on, partitions = [] } = part;
      return { role, what, on, partitions, actions: actionsOf(part) };
    }),
  );
});

test("the console's help has them, too", () => {
  const help = describeRoles();
  for (const part of OPERATOR_PARTS)
    expect(help).toContain(`  ${part.what}\n    ${actionsOf(part).join(", ")} on the ${part.on}`);
  expect(readTracked("infra/operate/commands/console.ts")).toContain("${describeRoles()}");
});
