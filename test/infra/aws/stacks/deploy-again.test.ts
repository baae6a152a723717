import { expect, test } from "vitest";
import { fixedNamesIn } from "../fixed-names.ts";
import { asList, statementsOf } from "../read-template.ts";
import type { Resource } from "../synthesise-templates.ts";
import { synthesiseStacks } from "../synthesised-stacks.ts";

const { stacks, templates } = synthesiseStacks();
const staging = synthesiseStacks("stage=staging");

const resources = Object.values(stacks).flatMap((stack) => Object.entries(stack));

/** Whether the role is granted what AWS asks for to make a log group that is not there. */
function mayMakeLogs(roleId: string): boolean {
  const [, role] = resources.find(([id]) => id === roleId) ?? [];
  if (JSON.stringify(role?.Properties["ManagedPolicyArns"] ?? []).includes("LambdaBasicExecutionRole"))
    return true;
  return resources
    .filter(([, { Type }]) => Type === "AWS::IAM::Policy")
    .filter(([, { Properties }]) => JSON.stringify(Properties["Roles"]).includes(`"${roleId}"`))
    .flatMap(([, policy]) => statementsOf(policy).flatMap(({ Action }) => asList(Action)))
    .some((action) => /^(\*|logs:\*|logs:Create(\*|LogGroup))$/.test(action));
}

/** The name of the log that a function writes, if it is not AWS's to choose. */
function fixedLogOf({ Properties }: Resource): unknown {
  const { LogGroup } = (Properties["LoggingConfig"] ?? {}) as { LogGroup?: { Ref?: string } };
  const [, log] = resources.find(([id]) => id === LogGroup?.Ref) ?? [];
  return log?.Properties["LogGroupName"];
}

test("no function can make a log again that has a fixed name, while or after its stack is deleted", () => {
  const functions = resources.filter(([, { Type }]) => Type === "AWS::Lambda::Function");
  expect(functions.filter(([, one]) => fixedLogOf(one) !== undefined).length).toBeGreaterThan(5);
  const inTheWay = functions.filter(([, one]) => {
    const [roleId] = (one.Properties["Role"] as { "Fn::GetAtt": [string] })["Fn::GetAtt"];
    return fixedLogOf(one) !== undefined && mayMakeLogs(roleId);
  });
  expect(inTheWay.map(([id]) => id)).toEqual([]);
});

test("some functions may make their own log, so the question above is asked of somebody", () => {
  const roles = resources.filter(([id, { Type }]) => Type === "AWS::IAM::Role" && mayMakeLogs(id));
  expect(roles.map(([id]) => id.slice(0, 24))).toContain("CustomCDKBucketDeploymen");
});

test("of production the table stays under its name, which deploy says before it begins, and nothing else", () => {
  const kept = fixedNamesIn(onlyKept(templates), "us-east-1").map(({ type, name }) => `${type} ${name}`);
  // Names of user pools may be taken twice.
  expect(kept).toEqual(["AWS::DynamoDB::GlobalTable bursar-education", "AWS::Cognito::UserPool bursar"]);
});

test("of other stages nothing stays", () => {
  expect(fixedNamesIn(onlyKept(staging.templates), "us-east-1")).toEqual([]);
});

test("a deployment does not wait for CloudFront to forget old pages, and so is not rolled back by it", () => {
  const uploads = resources.filter(([, { Type }]) => Type === "Custom::CDKBucketDeployment");
  const [pages] = uploads.filter(([, { Properties }]) => Properties["DistributionPaths"]);
  expect(pages?.[1].Properties["WaitForDistributionInvalidation"]).toBe(false);
});

function onlyKept(all: typeof templates): typeof templates {
  return Object.fromEntries(
    Object.entries(all).map(([name, { Resources }]) => {
      const kept = Object.entries(Resources).filter(([, { DeletionPolicy }]) =>
        DeletionPolicy?.startsWith("Retain"),
      );
      return [name, { Resources: Object.fromEntries(kept) }];
    }),
  );
}
