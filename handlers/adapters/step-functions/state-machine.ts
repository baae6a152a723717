/** The state machine itself: found by its name, and what it runs, read by an ARN. */
import {
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  paginateListStateMachines,
  ResourceNotFound,
  type SFNClient,
} from "@aws-sdk/client-sfn";
import type { AwsPlace } from "../aws-client.ts";
import type { Definition } from "./execution.ts";
import { createPatientClient } from "./executions.ts";
import { liveArnOf, qualifierOf } from "./names.ts";

/** @throws Error when there is no such state machine */
export async function findStateMachineArn(name: string, aws?: AwsPlace): Promise<string> {
  const found = await findStateMachine(name, aws);
  if (found) return found;
  throw new Error(`There is no state machine ${name} here. Check AWS_PROFILE, AWS_REGION and --stage.`);
}

/** @returns its ARN; undefined when there is none of that name */
export async function findStateMachine(name: string, aws?: AwsPlace): Promise<string | undefined> {
  const client = createPatientClient(aws);
  for await (const { stateMachines = [] } of paginateListStateMachines({ client }, {})) {
    const found = stateMachines.find((stateMachine) => stateMachine.name === name)?.stateMachineArn;
    if (found) return found;
  }
  return undefined;
}

/** @returns what executions are started by: the alias, or the state machine itself where nothing was released by one */
export async function findLiveArn(stateMachineArn: string, aws?: AwsPlace): Promise<string> {
  const stateMachineAliasArn = liveArnOf(stateMachineArn);
  try {
    await createPatientClient(aws).send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn }));
    return stateMachineAliasArn;
  } catch (error) {
    if (error instanceof ResourceNotFound) return stateMachineArn;
    throw error;
  }
}

/** @returns the definition that executions which start now will run, by far the most of them while a release is under way */
export const readDefinition = async (arn: string, aws?: AwsPlace): Promise<Definition> =>
  JSON.parse(await readDefinitionText(arn, createPatientClient(aws))) as Definition;

/** The same as text. @param arn of the state machine, or of a version or an alias of it */
export async function readDefinitionText(arn: string, client: SFNClient): Promise<string> {
  const stateMachineArn = await findVersionArn(arn, client);
  return (await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).definition ?? "{}";
}

/** An alias has no definition of its own. @returns the version to which it mostly leads; any other ARN as it is */
async function findVersionArn(arn: string, client: SFNClient): Promise<string> {
  if (/^\d*$/.test(qualifierOf(arn) ?? "")) return arn;
  const { routingConfiguration = [] } = await client.send(
    new DescribeStateMachineAliasCommand({ stateMachineAliasArn: arn }),
  );
  const [most] = routingConfiguration.toSorted((one, other) => (other.weight ?? 0) - (one.weight ?? 0));
  return most?.stateMachineVersionArn ?? arn;
}
