import { expect, test } from "vitest";
import { asList, readable, statementsOf } from "../read-template.ts";
import type { Resource } from "../synthesise-templates.ts";
import { synthesiseStacks } from "../synthesised-stacks.ts";

const { stacks, ofType, templates } = synthesiseStacks("stage=staging");
const operations = Object.entries(stacks["Bursar-staging-Operations"] ?? {});

function find(id: string): Resource {
  const found = operations.find(([logicalId]) => logicalId.startsWith(id));
  if (!found) throw new Error(`There is no ${id}.`);
  return found[1];
}

const grantsOf = (policyId: string) =>
  statementsOf(find(policyId)).map(({ Effect, Action, Resource: resource, Condition }) => ({
    effect: Effect,
    actions: asList(Action),
    resource: readable(resource),
    ...(Condition ? { condition: Condition } : {}),
  }));

const onlyWhere = (...partitions: string[]) => ({
  "ForAllValues:StringLike": { "dynamodb:LeadingKeys": partitions },
  Null: { "dynamodb:LeadingKeys": "false" },
});

/** A message is given back by what changes its visibility, and hidden by receiving it: there is no other way to read one. */
const READING = /:(Describe|BatchGet|Get|List|Query|Scan|ReceiveMessage$|ChangeMessageVisibility$)/;

test("who looks may do nothing that changes, and reads no key with which Stripe could be told to", () => {
  const looking = grantsOf("LookingPolicy");
  expect(looking.flatMap(({ actions }) => actions).filter((action) => !READING.test(action))).toEqual([]);
  const secrets = looking.filter(({ actions }) =>
    actions.some((action) => action.startsWith("secretsmanager:")),
  );
  expect(secrets.map(({ resource }) => resource)).toEqual([
    "arn:<Partition>:secretsmanager:<Region>:<AccountId>:secret:learnermax/looking-key-staging-??????",
  ]);
});

test("who repairs writes into the table only where acts do", () => {
  const writes = grantsOf("RepairingPolicy").filter(({ actions }) =>
    actions.some((action) => action.startsWith("dynamodb:")),
  );
  expect(writes).toEqual([
    {
      effect: "Allow",
      actions: ["dynamodb:PutItem"],
      resource: "{Education.Arn}",
      condition: onlyWhere("LEDGER#*", "COURSE#*", "ERASURE#*"),
    },
    {
      effect: "Allow",
      actions: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
      resource: "{Education.Arn}",
      condition: onlyWhere("PLAN#*", "PLANS*"),
    },
    {
      effect: "Allow",
      actions: ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
      resource: "{Education.Arn}",
      condition: onlyWhere("USER#*"),
    },
  ]);
});

test("both roles are for people of the account, named after deployment and region, and told in the outputs", () => {
  for (const [id, role, policies] of [
    ["LookingRole", "looking", ["{LookingPolicy}"]],
    ["RepairingRole", "repairing", ["{LookingPolicy}", "{RepairingPolicy}"]],
  ] as const) {
    const { Properties } = find(id);
    expect(readable(Properties["RoleName"])).toBe(`bursar-staging-<Region>-${role}`);
    expect(asList(Properties["ManagedPolicyArns"]).flat().map(readable)).toEqual(policies);
    expect(Properties["AssumeRolePolicyDocument"]).toMatchObject({
      Statement: [
        { Action: "sts:AssumeRole", Effect: "Allow", Principal: { AWS: expect.anything() as object } },
      ],
    });
  }
  const { Outputs = {} } = templates["Bursar-staging-Operations"] ?? {};
  expect(
    [Outputs["LookingRoleArn"], Outputs["RepairingRoleArn"]].map((output) => readable(output?.Value)),
  ).toEqual(["{LookingRole.Arn}", "{RepairingRole.Arn}"]);
});

test("no function has a policy of the operators'", () => {
  const functions = ofType("AWS::IAM::Role").filter(({ Properties }) => Properties["RoleName"] === undefined);
  expect(functions.length).toBeGreaterThan(8);
  const attached = functions.flatMap(({ Properties }) =>
    asList(Properties["ManagedPolicyArns"] ?? []).map(readable),
  );
  expect(attached.filter((arn) => /Looking|Repairing/.test(arn))).toEqual([]);
});
