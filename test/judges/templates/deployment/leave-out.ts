/** What ministack's CloudFormation has not, taken out of a template and named. */
import type { Resource, Template } from "#test/infra/aws/synthesise-templates.ts";

/** Its functions do not run, so what the CDK makes by one is not made; and alarms over metric math it refuses. */
const LACKING = [
  "AWS::CloudWatch::Alarm",
  "AWS::Cognito::ManagedLoginBranding",
  "AWS::StepFunctions::StateMachineAlias",
  "AWS::StepFunctions::StateMachineVersion",
  "Custom::CDKBucketDeployment",
  "Custom::S3AutoDeleteObjects",
  "Custom::Trigger",
];

interface Reduced {
  template: Template;
  /** Logical id and type of what was taken out. */
  left: [logicalId: string, type: string][];
}

export function leaveOut(whole: Template): Reduced {
  const isLacking = ([, { Type }]: [string, Resource]) => LACKING.includes(Type);
  const resources = Object.entries(whole.Resources);
  const left = resources.filter(isLacking).map(([id, { Type }]): [string, string] => [id, Type]);
  const gone = new Set(left.map(([id]) => id));
  const kept = resources
    .filter((resource) => !isLacking(resource))
    .map(([id, resource]) => [id, waitingForNone(resource, gone)]);
  const template: Template = { ...whole, Resources: Object.fromEntries(kept) };
  return { template: withAliasArn(withProviderUrl(template), whole), left };
}

function waitingForNone(resource: Resource, gone: Set<string>): Resource {
  const waits = resource.DependsOn?.filter((id) => !gone.has(id));
  return waits ? { ...resource, DependsOn: waits } : resource;
}

/** A user pool's `ProviderURL`, which AWS documents and ministack does not know. */
const withProviderUrl = (template: Template): Template =>
  JSON.parse(
    JSON.stringify(template).replaceAll(
      /\{"Fn::GetAtt":\["(\w+)","ProviderURL"\]\}/g,
      '{"Fn::Sub":"https://cognito-idp.$${AWS::Region}.amazonaws.com/$${$1}"}',
    ),
  ) as Template;

/** An alias's ARN, which AWS documents, of the state machine in the same template. */
function withAliasArn(template: Template, { Resources }: Template): Template {
  const idOf = (type: string) => Object.entries(Resources).find(([, { Type }]) => Type === type)?.[0] ?? "";
  const alias = idOf("AWS::StepFunctions::StateMachineAlias");
  const { Name } = Resources[alias]?.Properties ?? {};
  const arn = `{"Fn::Sub":"\${${idOf("AWS::StepFunctions::StateMachine")}}:${String(Name)}"}`;
  const text = JSON.stringify(template).replaceAll(`{"Fn::GetAtt":["${alias}","Arn"]}`, () => arn);
  return JSON.parse(text) as Template;
}
