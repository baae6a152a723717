/** The state machine itself, found by its name and read by its ARN. */
import { DescribeStateMachineCommand, paginateListStateMachines } from "@aws-sdk/client-sfn";
import type { AwsPlace } from "../aws-client.ts";
import type { Definition } from "./execution.ts";
import { createPatientClient } from "./executions.ts";

/** @throws Error when there is no such state machine */
export async function findStateMachineArn(name: string, aws?: AwsPlace): Promise<string> {
  const client = createPatientClient(aws);
  for await (const { stateMachines = [] } of paginateListStateMachines({ client }, {})) {
    const found = stateMachines.find((stateMachine) => stateMachine.name === name)?.stateMachineArn;
    if (found) return found;
  }
  throw new Error(`There is no state machine ${name} here. Check AWS_PROFILE, AWS_REGION and --stage.`);
}

/** @returns the definition that executions which start now will run */
export async function readDefinition(stateMachineArn: string, aws?: AwsPlace): Promise<Definition> {
  const { definition = "{}" } = await createPatientClient(aws).send(
    new DescribeStateMachineCommand({ stateMachineArn }),
  );
  return JSON.parse(definition) as Definition;
}
