/** Whether the alias is where CloudFormation left it: there a gradual deployment begins, wherever somebody has led it since. */
import { CloudFormationClient, paginateListStackResources } from "@aws-sdk/client-cloudformation";
import { DescribeStateMachineAliasCommand } from "@aws-sdk/client-sfn";
import { createAwsClient } from "#handlers/adapters/aws-client.ts";
import { PATIENCE } from "#handlers/adapters/patience.ts";
import { createPatientClient } from "#handlers/adapters/step-functions/executions.ts";
import { liveArnOf, qualifierOf } from "#handlers/adapters/step-functions/names.ts";
import { stackName } from "#infra/deployment/names.ts";
import { chooseReleaseWay } from "#infra/deployment/releases.ts";
import type { Deployment } from "../deployment-context.ts";
import { type Check, stop } from "./check.ts";
import { unlessMissing } from "./unless-missing.ts";

export const liveVersion = ({ stage, release }: Deployment): Check => ({
  question: "whether somebody has led the alias live elsewhere",
  async find() {
    if (chooseReleaseWay(stage, release).type === "ALL_AT_ONCE") return undefined;
    const left = await unlessMissing(findVersionOf(stackName(stage, "Workflow")), /does not exist/);
    if (!left) return undefined;
    const alias = new DescribeStateMachineAliasCommand({ stateMachineAliasArn: liveArnOf(left) });
    const { routingConfiguration = [] } = await createPatientClient().send(alias);
    const live = routingConfiguration.map(({ stateMachineVersionArn = "" }) => stateMachineVersionArn);
    if (live.every((arn) => arn === left)) return undefined;
    return stop(
      `live leads to version ${live.map(qualifierOf).join(" and ")}, where somebody has led it, and a gradual deployment would begin with version ${qualifierOf(left)}, where CloudFormation left it. Add -c release=all-at-once.`,
    );
  },
});

/** @returns its ARN; undefined of a stack from before there were any */
async function findVersionOf(StackName: string): Promise<string | undefined> {
  const client = createAwsClient(CloudFormationClient, PATIENCE.request);
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
    const version = StackResourceSummaries.find(
      ({ ResourceType }) => ResourceType === "AWS::StepFunctions::StateMachineVersion",
    );
    if (version) return version.PhysicalResourceId;
  }
  return undefined;
}
