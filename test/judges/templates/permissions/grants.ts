/** What a role allows, one action on one resource at a time, with the ARNs of the one-machine deployment. */
import { ACCOUNT, arnOf, queueArn, REGION, stateMachineArn } from "#infra/local/names.ts";
import { asList, readable, type Statement } from "#test/infra/aws/read-template.ts";
import type { Resource, Template } from "#test/infra/aws/synthesise-templates.ts";
import { type Call, secretArn, tableArn, userPoolArn } from "./calls.ts";

export const USER_POOL_ID = `${REGION}_students`;

/** By type: the ARN of what a template names. */
const ARNS: Record<string, (name: (property: string) => string) => string> = {
  "AWS::Cognito::UserPool": () => userPoolArn(USER_POOL_ID),
  "AWS::DynamoDB::GlobalTable": (name) => tableArn(name("TableName")),
  "AWS::Logs::LogGroup": (name) => arnOf("logs", `log-group:${name("LogGroupName")}:*`),
  "AWS::SecretsManager::Secret": (name) => secretArn(name("Name")),
  "AWS::SQS::Queue": (name) => queueArn(name("QueueName")),
  "AWS::StepFunctions::StateMachine": (name) => stateMachineArn(name("StateMachineName")),
};

/** @returns each with its action and its resource, either of which may have wildcards */
export function readGrants(statements: Statement[], templates: Record<string, Template>): Call[] {
  const arns = listArns(templates);
  return statements.flatMap(({ Action, Resource: resource, Effect, Condition }) => {
    if (Effect !== "Allow") throw new Error(`A role has a statement that is ${Effect}.`);
    const partitions = partitionsIn(Condition as LeadingKeys | undefined);
    return asList(Action).flatMap((action) =>
      asList(resource).map((one) => ({ action, resource: fill(readable(one), arns), partitions })),
    );
  });
}

type LeadingKeys = Record<string, { "dynamodb:LeadingKeys": string | string[] }>;

/** @throws Error of a condition that holds of a request without keys, too */
function partitionsIn(condition: LeadingKeys | undefined): string[] | undefined {
  const found = condition?.["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"];
  if (found && condition["Null"]?.["dynamodb:LeadingKeys"] !== "false")
    throw new Error("A condition on keys holds also where there are none.");
  return found === undefined ? undefined : asList(found);
}

function listArns(templates: Record<string, Template>): Map<string, string> {
  const resources = Object.values(templates).flatMap(({ Resources }) => Object.entries(Resources));
  return new Map(
    resources.flatMap(([logicalId, resource]) => {
      const arn = arnOfResource(resource);
      return arn ? [[logicalId.replace(/[0-9A-F]{8}$/, ""), arn]] : [];
    }),
  );
}

const arnOfResource = ({ Type, Properties }: Resource): string | undefined =>
  ARNS[Type]?.((property) => String(Properties[property]));

const PSEUDO: Record<string, string> = { Partition: "aws", Region: REGION, AccountId: ACCOUNT };

/** @param text as `readable` writes it */
const fill = (text: string, arns: Map<string, string>) =>
  text
    .replaceAll(/\{(\w+)(?:\.Arn)?\}/g, (all, id: string) => arns.get(id) ?? all)
    .replaceAll(/<(\w+)>/g, (all, name: string) => PSEUDO[name] ?? all);
