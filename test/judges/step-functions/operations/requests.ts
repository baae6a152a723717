/** The requests behind the recorded answers of Step Functions' API, as far as the local one has them. */
import { readFileSync } from "node:fs";
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  type SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import JSON5 from "json5";
import { followExecution } from "#infra/local/follow-execution.ts";
import { executionArn, STATE_MACHINE_ARN, stateMachineArn } from "#infra/local/names.ts";
import { RECORDINGS_DIR } from "../../recordings.ts";

/** By the name that the recording gives to the answer. */
export type Requests = Record<string, () => Promise<unknown>>;

export interface RecordedTest {
  definition: string;
  /** Sent in their order; the name is free for an execution. */
  requests: (client: SFNClient, name: string) => Requests;
  /** It lists executions, so there must be none of another test. */
  isAlone: boolean;
}

const definition = (name: string) =>
  JSON.stringify(
    JSON5.parse(
      readFileSync(`${RECORDINGS_DIR}definitions/templates/base/statemachines/${name}.json5`, "utf8"),
    ),
  );
export const PASS = definition("pass_result");
const WAIT = definition("wait_1_min");

const machine = { stateMachineArn: STATE_MACHINE_ARN };
const NO_MACHINE = stateMachineArn("statemachine_invalid_none");
const NO_EXECUTION = executionArn("none");

const start =
  (client: SFNClient, name: string, input = "{}") =>
  async () => {
    const answer = await client.send(new StartExecutionCommand({ ...machine, name, input }));
    await followExecution(client, name);
    return answer;
  };
const startOnly = (client: SFNClient, name: string | undefined, input: string) => () =>
  client.send(new StartExecutionCommand({ ...machine, name, input }));
const history =
  (client: SFNClient, arn: string, reverseOrder = false) =>
  () =>
    client.send(new GetExecutionHistoryCommand({ executionArn: arn, reverseOrder }));
const describe = (client: SFNClient, arn: string) => () =>
  client.send(new DescribeExecutionCommand({ executionArn: arn }));
const describeMachine = (client: SFNClient, stateMachineArn: string) => () =>
  client.send(new DescribeStateMachineCommand({ stateMachineArn }));
const stop = (client: SFNClient, name: string) => () =>
  client.send(new StopExecutionCommand({ executionArn: executionArn(name) }));
const list =
  (client: SFNClient, more: object = {}) =>
  () =>
    client.send(new ListExecutionsCommand({ ...machine, ...more }));

export const alone = (requests: RecordedTest["requests"]): RecordedTest => ({
  definition: PASS,
  requests,
  isAlone: true,
});
const beside = (requests: RecordedTest["requests"], text = PASS): RecordedTest => ({
  definition: text,
  requests,
  isAlone: false,
});

/** By the test that recorded the answers. */
export const RECORDED_TESTS: Record<string, RecordedTest> = {
  test_start_execution: alone((client, name) => ({
    exec_resp: start(client, name),
    exec_list_resp: list(client),
    exec_hist_resp: history(client, executionArn(name)),
  })),
  test_invalid_start_execution_arn: beside((client) => ({
    start_exec_of_deleted: () => client.send(new StartExecutionCommand({ stateMachineArn: NO_MACHINE })),
  })),
  test_invalid_start_execution_input: beside((client) => ({
    start_exec_str_inp: startOnly(client, undefined, "not some json"),
    start_exec_not_json_inp: startOnly(client, undefined, "{'not': 'json'"),
    start_res_empty: startOnly(client, undefined, ""),
    start_res_num: startOnly(client, undefined, "2"),
    start_res_str: startOnly(client, undefined, '"some text"'),
    start_res_null: startOnly(client, undefined, "null"),
  })),
  test_stop_execution: beside(
    (client, name) => ({
      exec_resp: startOnly(client, name, "{}"),
      stop_res: stop(client, name),
      exec_hist_resp: history(client, executionArn(name)),
    }),
    WAIT,
  ),
  test_create_exact_duplicate_sm: beside((client) => ({
    describe_resp_1: describeMachine(client, STATE_MACHINE_ARN),
  })),
  test_describe_state_machine_for_execution: beside((client, name) => ({
    exec_resp: start(client, name),
    describe_resp: () =>
      client.send(new DescribeStateMachineForExecutionCommand({ executionArn: executionArn(name) })),
  })),
  test_describe_nonexistent_sm: beside((client) => ({
    describe_nonexistent_sm: describeMachine(client, NO_MACHINE),
  })),
  test_get_execution_history_reversed: beside((client, name) => ({
    exec_resp: start(client, name),
    "get_execution_history_reverseOrder[False]": history(client, executionArn(name)),
    "get_execution_history_reverseOrder[True]": history(client, executionArn(name), true),
  })),
  test_describe_invalid_arn_sm: beside((client) => ({
    exception: describeMachine(client, "not_a_valid_arn"),
  })),
  test_list_execution_no_such_state_machine: beside((client) => ({
    exception: list(client, { stateMachineArn: NO_MACHINE }),
  })),
  test_list_execution_invalid_arn: beside((client) => ({
    exception: list(client, { stateMachineArn: "invalid_state_machine_arn" }),
  })),
  test_describe_execution: beside((client, name) => ({
    exec_resp: start(client, name),
    describe_execution: describe(client, executionArn(name)),
  })),
  test_describe_execution_no_such_state_machine: beside((client) => ({
    exception: describe(client, NO_EXECUTION),
  })),
  test_get_execution_history_no_such_execution: beside((client) => ({
    exception: history(client, NO_EXECUTION),
  })),
  test_get_execution_history_invalid_arn: beside((client) => ({
    exception: history(client, "invalid_state_machine_arn"),
  })),
  test_describe_execution_invalid_arn: beside((client) => ({
    exception: describe(client, "invalid_state_machine_arn"),
  })),
  test_state_machine_status_filter: alone((client, name) => ({
    list_before_execution: list(client, { statusFilter: "SUCCEEDED" }),
    exec_resp: start(client, name),
    list_succeeded_when_complete: list(client, { statusFilter: "SUCCEEDED" }),
    list_running_when_complete: list(client, { statusFilter: "RUNNING" }),
    list_executions_filter_exc: list(client, { statusFilter: "succeeded" }),
  })),
  test_describe_execution_arn_containing_punctuation: beside((client, name) => ({
    exec_resp: start(client, `${name}.with-punctuation`),
    describe_execution: describe(client, executionArn(`${name}.with-punctuation`)),
  })),
  test_start_sync_execution: beside((client) => ({
    start_sync_execution_error: () => client.send(new StartSyncExecutionCommand(machine)),
  })),
  test_list_sms_pagination: beside((client) => ({
    "list-state-machines-invalid-param-too-large": () =>
      client.send(new ListStateMachinesCommand({ maxResults: 1001 })),
    "list-state-machines-invalid-param-long-nextToken": () =>
      client.send(new ListStateMachinesCommand({ nextToken: "x".repeat(1025) })),
  })),
  test_list_executions_pagination: alone((client) => {
    let nextToken: string | undefined;
    return {
      ...Object.fromEntries(
        Array.from({ length: 13 }, (_one, index) => [`start ${index}`, start(client, `page-${index}`)]),
      ),
      "list-executions-page-1": async () => {
        const page = await client.send(new ListExecutionsCommand({ ...machine, maxResults: 10 }));
        ({ nextToken } = page);
        return page;
      },
      "list-executions-page-2": () =>
        client.send(new ListExecutionsCommand({ ...machine, maxResults: 10, nextToken })),
      "list-executions-invalid-param-too-large": list(client, { maxResults: 1001 }),
      "list-executions-invalid-param-long-nextToken": list(client, { nextToken: "x".repeat(3097) }),
    };
  }),
  test_start_execution_idempotent: beside(
    (client, name) => ({
      exec_resp: startOnly(client, name, "{}"),
      exec_resp_idempotent: startOnly(client, name, "{}"),
      start_exec_already_exists: startOnly(client, name, '{"another":"input"}'),
      stop_res: stop(client, name),
    }),
    WAIT,
  ),
};

/** What makes or deletes state machines; here there is one, from the deployment. */
export const notThere = (client: SFNClient): Requests => ({
  CreateStateMachine: () =>
    client.send(
      new CreateStateMachineCommand({ name: "other", definition: PASS, roleArn: "arn:aws:iam::0:role/x" }),
    ),
  DeleteStateMachine: () => client.send(new DeleteStateMachineCommand(machine)),
});
