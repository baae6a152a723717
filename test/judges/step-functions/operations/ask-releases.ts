/** Asks about revisions, versions and aliases of the one state machine. */
import {
  CreateStateMachineAliasCommand,
  type CreateStateMachineAliasCommandInput,
  DeleteStateMachineAliasCommand,
  DeleteStateMachineVersionCommand,
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ListExecutionsCommand,
  ListStateMachineAliasesCommand,
  type ListStateMachineAliasesCommandInput,
  ListStateMachineVersionsCommand,
  PublishStateMachineVersionCommand,
  type PublishStateMachineVersionCommandInput,
  type SFNClient,
  StartExecutionCommand,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { followExecution } from "#infra/local/follow-execution.ts";
import { executionArn, STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { alone, PASS, type RecordedTest, type Requests } from "./requests.ts";

const machine = { stateMachineArn: STATE_MACHINE_ARN };
export const versionArn = (number: number) => `${STATE_MACHINE_ARN}:${number}`;
export const aliasArn = (name: string) => `${STATE_MACHINE_ARN}:${name}`;

/** The definition with another comment, as the recordings have their revisions. */
export const revised = (number: number) =>
  JSON.stringify({ ...(JSON.parse(PASS) as object), Comment: `BASE_PASS_RESULT-R${number}` });

function asking(client: SFNClient) {
  const update = (input: { definition?: string; publish?: boolean }) => () =>
    client.send(new UpdateStateMachineCommand({ ...machine, ...input }));
  const publish =
    (input: Partial<PublishStateMachineVersionCommandInput> = {}) =>
    () =>
      client.send(new PublishStateMachineVersionCommand({ ...machine, ...input }));
  const versions =
    (input: object = {}) =>
    () =>
      client.send(new ListStateMachineVersionsCommand({ ...machine, ...input }));
  const describe = (arn: string) => () =>
    client.send(new DescribeStateMachineCommand({ stateMachineArn: arn }));
  const removeVersion = (number: number) => () =>
    client.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: versionArn(number) }));
  const start = (arn: string, name: string) => async () => {
    const answer = await client.send(new StartExecutionCommand({ stateMachineArn: arn, name }));
    await followExecution(client, name);
    return answer;
  };
  const list = (arn: string) => () => client.send(new ListExecutionsCommand({ stateMachineArn: arn }));
  const describeExecution = (name: string) => () =>
    client.send(new DescribeExecutionCommand({ executionArn: executionArn(name) }));
  const describeFor = (name: string) => () =>
    client.send(new DescribeStateMachineForExecutionCommand({ executionArn: executionArn(name) }));
  const createAlias =
    (input: Partial<CreateStateMachineAliasCommandInput> = {}) =>
    () =>
      client.send(
        new CreateStateMachineAliasCommand({ name: ALIAS, routingConfiguration: to([1, 100]), ...input }),
      );
  const describeAlias = () =>
    client.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn: aliasArn(ALIAS) }));
  const updateAlias =
    (input: object, name = ALIAS) =>
    () =>
      client.send(new UpdateStateMachineAliasCommand({ stateMachineAliasArn: aliasArn(name), ...input }));
  const removeAlias = (name: string) => () =>
    client.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn: aliasArn(name) }));
  const aliases =
    (input: Partial<ListStateMachineAliasesCommandInput> = {}) =>
    () =>
      client.send(new ListStateMachineAliasesCommand({ ...machine, ...input }));
  return {
    update,
    publish,
    versions,
    describe,
    removeVersion,
    start,
    list,
    describeExecution,
    describeFor,
    createAlias,
    describeAlias,
    updateAlias,
    removeAlias,
    aliases,
  };
}

export const ALIAS = "state_machine_alias_name";

export const to = (...routes: [version: number, weight: number][]) =>
  routes.map(([version, weight]) => ({ stateMachineVersionArn: versionArn(version), weight }));

export const asked = (requests: (ask: ReturnType<typeof asking>, name: string) => Requests): RecordedTest =>
  alone((client, name) => requests(asking(client), name));
