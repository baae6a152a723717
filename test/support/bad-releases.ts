/** A changed definition that is live for all purchases, and is taken back. */
import {
  DescribeStateMachineAliasCommand,
  type RoutingConfigurationListItem,
  type SFNClient,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { readDefinitionText } from "#handlers/adapters/step-functions/state-machine.ts";
import { LIVE_ARN, STATE_MACHINE_ARN } from "#infra/local/names.ts";

const alias = { stateMachineAliasArn: LIVE_ARN };

/** A step that is given nothing to go by fails, and leaves a letter. */
export const WITH_A_LETTER = (definition: string) => definition.replace(/"event\.\$"/, '"purchase.$"');

/** Nothing is caught, so nothing is noted and no letter sent. */
export const WITHOUT_A_LETTER = () =>
  JSON.stringify({ StartAt: "Bad", States: { Bad: { Type: "Fail", Error: "Bad" } } });

/** @returns what `work` does, while all that is started runs the changed definition */
export async function whileLive<Result>(
  sfn: SFNClient,
  change: (definition: string) => string,
  work: () => Promise<Result>,
): Promise<Result> {
  const definition = await readDefinitionText(LIVE_ARN, sfn);
  const { routingConfiguration = [] } = await sfn.send(new DescribeStateMachineAliasCommand(alias));
  const changed = await update(sfn, change(definition), true);
  await lead(sfn, [{ stateMachineVersionArn: changed, weight: 100 }]);
  try {
    return await work();
  } finally {
    await lead(sfn, routingConfiguration);
    await update(sfn, definition, false);
  }
}

async function update(sfn: SFNClient, definition: string, publish: boolean): Promise<string | undefined> {
  const command = new UpdateStateMachineCommand({ stateMachineArn: STATE_MACHINE_ARN, definition, publish });
  return (await sfn.send(command)).stateMachineVersionArn;
}

const lead = (sfn: SFNClient, routingConfiguration: RoutingConfigurationListItem[]) =>
  sfn.send(new UpdateStateMachineAliasCommand({ ...alias, routingConfiguration }));
