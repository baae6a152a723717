/** The names in templates that are not AWS's to choose. */
import type { Resource, Template } from "./synthesise-templates.ts";

interface NamedType {
  /** Where the name stands in the resource's properties. */
  at: string;
  /** As many characters as AWS takes. */
  most: number;
  /** True: one list of names for all regions of an account. */
  isAccountWide?: true;
}

const NAMED_TYPES: Record<string, NamedType> = {
  "AWS::ApiGatewayV2::Api": { at: "Name", most: 128 },
  "AWS::CloudFront::Function": { at: "Name", most: 64, isAccountWide: true },
  "AWS::CloudFront::OriginAccessControl": {
    at: "OriginAccessControlConfig.Name",
    most: 64,
    isAccountWide: true,
  },
  "AWS::CloudFront::CachePolicy": { at: "CachePolicyConfig.Name", most: 128, isAccountWide: true },
  "AWS::CloudFront::ResponseHeadersPolicy": {
    at: "ResponseHeadersPolicyConfig.Name",
    most: 128,
    isAccountWide: true,
  },
  "AWS::CloudWatch::Alarm": { at: "AlarmName", most: 255 },
  "AWS::CloudWatch::Dashboard": { at: "DashboardName", most: 255, isAccountWide: true },
  "AWS::Cognito::UserPool": { at: "UserPoolName", most: 128 },
  "AWS::Cognito::UserPoolDomain": { at: "Domain", most: 63 },
  "AWS::DynamoDB::GlobalTable": { at: "TableName", most: 255 },
  "AWS::IAM::Role": { at: "RoleName", most: 64, isAccountWide: true },
  "AWS::Lambda::Function": { at: "FunctionName", most: 64 },
  "AWS::Logs::LogGroup": { at: "LogGroupName", most: 512 },
  "AWS::SecretsManager::Secret": { at: "Name", most: 512 },
  "AWS::SNS::Topic": { at: "TopicName", most: 256 },
  "AWS::SQS::Queue": { at: "QueueName", most: 80 },
  "AWS::StepFunctions::StateMachine": { at: "StateMachineName", most: 80 },
};

/** Named within what they belong to, or naming something else. */
const NAMED_WITHIN = [
  "AWS::ApiGatewayV2::Authorizer",
  "AWS::ApiGatewayV2::Stage",
  "AWS::Cognito::UserPoolClient",
  "AWS::Cognito::UserPoolIdentityProvider",
  "AWS::IAM::Policy",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Lambda::Permission",
  "AWS::Lambda::Version",
  "AWS::Logs::MetricFilter",
  "AWS::StepFunctions::StateMachineAlias",
  "Custom::CDKBucketDeployment",
  "Custom::S3AutoDeleteObjects",
];

interface FixedName extends NamedType {
  type: string;
  name: string;
}

/** @throws Error when a type has a name of which it is not known where it must be alone */
export function fixedNamesIn(templates: Record<string, Template>, region: string): FixedName[] {
  const resources = Object.values(templates).flatMap(({ Resources }) => Object.values(Resources));
  return resources.flatMap((resource) => {
    const named = NAMED_TYPES[resource.Type];
    if (!named) {
      refuseUnknownName(resource);
      return [];
    }
    const value = named.at
      .split(".")
      .reduce<unknown>((found, key) => (found as Record<string, unknown>)[key], resource.Properties);
    return value === undefined ? [] : [{ ...named, type: resource.Type, name: fillIn(value, region) }];
  });
}

function refuseUnknownName({ Type, Properties }: Resource): void {
  if (NAMED_WITHIN.includes(Type)) return;
  const configs = Object.entries(Properties).filter(([key]) => key.endsWith("Config"));
  const keys = [Properties, ...configs.map(([, config]) => config as object)].flatMap(Object.keys);
  const name = keys.find((key) => key.endsWith("Name"));
  if (name) throw new Error(`${Type} has a ${name}, and this file does not know where it must be alone`);
}

function fillIn(value: unknown, region: string): string {
  if (typeof value === "string") return value;
  const { "Fn::Join": join } = value as { "Fn::Join"?: [string, unknown[]] };
  if (join) return join[1].map((part) => fillIn(part, region)).join(join[0]);
  const { Ref } = value as { Ref?: string };
  const known: Record<string, string> = { "AWS::Region": region, "AWS::AccountId": "123456789012" };
  const filled = known[Ref ?? ""];
  if (!filled) throw new Error(`${JSON.stringify(value)} is no name that is known beforehand`);
  return filled;
}
