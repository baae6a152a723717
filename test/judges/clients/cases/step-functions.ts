/** Calls of Step Functions. */
import { executionArn, LIVE_ARN, STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { type Cases, callsOf, pagingsOf } from "./call.ts";

const { call, refuse } = callsOf("stepfunctions");
const paging = pagingsOf("stepfunctions");

const OTHER_MACHINE = STATE_MACHINE_ARN.replace("bursar-", "nobodys-");
const NOT_AN_ARN = { stateMachineArn: "bursar" };
const NO_EXECUTION = { executionArn: executionArn("never-started") };
const machine = { stateMachineArn: STATE_MACHINE_ARN };
const version = { stateMachineVersionArn: `${STATE_MACHINE_ARN}:1` };
const alias = { stateMachineAliasArn: `${STATE_MACHINE_ARN}:judged` };
const tagged = { resourceArn: STATE_MACHINE_ARN };

const TESTED = {
  definition: JSON.stringify({
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Parameters: { FunctionName: "judged", "Payload.$": "$" },
    Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 1 }],
    End: true,
  }),
  input: "{}",
};

/** @param executions how each ended that is there already */
export function stepFunctionsCases(executions: { succeeded: string; failed: string; all: number }): Cases {
  const succeeded = { executionArn: executionArn(executions.succeeded) };
  const failed = { executionArn: executionArn(executions.failed) };
  const start = { ...machine, name: "judged", input: '{"a":1}' };
  return {
    steps: [
      call("ListStateMachines"),
      call("ListStateMachines", { maxResults: 1 }),
      refuse("InvalidToken", "ListStateMachines", { nextToken: "made-up" }),
      call("DescribeStateMachine", machine),
      call("DescribeStateMachine", { ...machine, includedData: "METADATA_ONLY" }),
      refuse("InvalidArn", "DescribeStateMachine", NOT_AN_ARN),
      refuse("StateMachineDoesNotExist", "DescribeStateMachine", { stateMachineArn: OTHER_MACHINE }),
      call("DescribeStateMachineForExecution", succeeded),
      refuse("ExecutionDoesNotExist", "DescribeStateMachineForExecution", NO_EXECUTION),
      call("StartExecution", start),
      call("StartExecution", machine),
      refuse("ExecutionAlreadyExists", "StartExecution", { ...start, input: '{"b":1}' }),
      refuse("InvalidName", "StartExecution", { ...machine, name: "a b" }),
      refuse("InvalidName", "StartExecution", { ...machine, name: "x".repeat(81) }, { unchecked: true }),
      refuse("InvalidExecutionInput", "StartExecution", { ...machine, input: "{" }),
      refuse("StateMachineDoesNotExist", "StartExecution", { stateMachineArn: OTHER_MACHINE }),
      refuse("InvalidArn", "StartExecution", NOT_AN_ARN),
      refuse("InvalidArn", "StartExecution", {}, { unchecked: true }),
      refuse("StateMachineTypeNotSupported", "StartSyncExecution", machine),
      call("TestState", { ...TESTED, mock: { result: '{"Payload":1}' } }),
      call("TestState", { ...TESTED, mock: { errorOutput: { error: "Judged" } }, inspectionLevel: "DEBUG" }),
      refuse("ValidationException", "TestState", TESTED),
      refuse("InvalidDefinition", "TestState", { definition: "{" }),
      call("DescribeExecution", succeeded),
      call("DescribeExecution", failed),
      call("DescribeExecution", { ...failed, includedData: "METADATA_ONLY" }),
      refuse("ExecutionDoesNotExist", "DescribeExecution", NO_EXECUTION),
      refuse("InvalidArn", "DescribeExecution", { executionArn: "judged" }),
      call("GetExecutionHistory", succeeded),
      call("GetExecutionHistory", { ...failed, includeExecutionData: false, reverseOrder: true }),
      refuse("ExecutionDoesNotExist", "GetExecutionHistory", NO_EXECUTION),
      call("ListExecutions", machine),
      call("ListExecutions", { ...machine, statusFilter: "FAILED", redriveFilter: "NOT_REDRIVEN" }),
      refuse("InvalidArn", "ListExecutions", NOT_AN_ARN),
      refuse("StateMachineDoesNotExist", "ListExecutions", { stateMachineArn: OTHER_MACHINE }),
      refuse("ValidationException", "ListExecutions", { ...machine, maxResults: 1001 }, { unchecked: true }),
      refuse("ExecutionNotRedrivable", "RedriveExecution", succeeded),
      refuse("ExecutionDoesNotExist", "RedriveExecution", NO_EXECUTION),
      call("RedriveExecution", failed),
      call("StopExecution", { ...succeeded, error: "Judged", cause: "to see" }),
      refuse("ExecutionDoesNotExist", "StopExecution", NO_EXECUTION),
      call("TagResource", { ...tagged, tags: [{ key: "team", value: "courses" }] }),
      call("ListTagsForResource", tagged),
      refuse("ResourceNotFound", "ListTagsForResource", { resourceArn: OTHER_MACHINE }),
      refuse("InvalidArn", "TagResource", { resourceArn: "bursar", tags: [] }),
      refuse("TooManyTags", "TagResource", { ...tagged, tags: manyTags() }),
      call("UntagResource", { ...tagged, tagKeys: ["team"] }),
      refuse("InvalidArn", "UntagResource", { resourceArn: "bursar", tagKeys: ["team"] }),
      call("PublishStateMachineVersion", machine),
      call("ListStateMachineVersions", machine),
      call("CreateStateMachineAlias", {
        name: "judged",
        routingConfiguration: [{ ...version, weight: 100 }],
      }),
      call("DescribeStateMachineAlias", alias),
      call("ListStateMachineAliases", machine),
      call("UpdateStateMachineAlias", { ...alias, description: "to see" }),
      refuse("ConflictException", "DeleteStateMachineVersion", version),
      call("DeleteStateMachineAlias", alias),
      refuse("ResourceNotFound", "DescribeStateMachineAlias", alias),
      // The stack's own leads to it, too.
      call("DeleteStateMachineAlias", { stateMachineAliasArn: LIVE_ARN }),
      call("DeleteStateMachineVersion", version),
      call("UpdateStateMachine", { ...machine, roleArn: "arn:aws:iam::000000000000:role/judged" }),
      refuse("MissingRequiredParameter", "UpdateStateMachine", machine),
    ],
    pagings: [
      paging("ListExecutions", {
        input: machine,
        ids: "executions[].executionArn",
        sizes: [1, 2, 5],
        least: executions.all,
        badToken: { input: { nextToken: "made-up" }, refused: "InvalidToken" },
      }),
      paging("ListExecutions", {
        input: { ...machine, statusFilter: "FAILED" },
        ids: "executions[].executionArn",
        sizes: [1, 3],
        least: executions.all - 2,
      }),
      paging("GetExecutionHistory", {
        input: succeeded,
        ids: "events[].id",
        sizes: [1, 4, 7],
        least: 10,
        badToken: { input: { nextToken: "made-up" }, refused: "InvalidToken" },
      }),
      paging("GetExecutionHistory", {
        input: { ...succeeded, reverseOrder: true },
        ids: "events[].id",
        sizes: [3],
        least: 10,
      }),
      paging("ListStateMachines", {
        input: {},
        ids: "stateMachines[].name",
        sizes: [1],
        least: 1,
        badToken: { input: { nextToken: "made-up" }, refused: "InvalidToken" },
      }),
    ],
  };
}

const manyTags = () => Array.from({ length: 51 }, (_, index) => ({ key: `tag-${index}`, value: "" }));
