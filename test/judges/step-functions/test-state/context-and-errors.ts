/** Tests with a context of their own, and of errors that are tried again or caught. */
import { ask, HELLO, type Options, type RecordedTest, read, refused, result } from "./ask.ts";

const TRAINERS = ["charizard", "pikachu", "bulbasaur"];
const EXECUTION = { Execution: { Input: { "input-value": 0, message: "test data", values: TRAINERS } } };
const contextState = (path: string) => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Parameters: { "FunctionName.$": "$.FunctionName", Payload: { "Input.$": "$" } },
  ResultSelector: { "ContextObjectValue.$": path, "LambdaOutput.$": "$" },
  End: true,
});
const inContext = (context: unknown): Options => ({ context: JSON.stringify(context), ...result({}) });

export const IN_CONTEXT = [
  ...[
    ["EXECUTION_INPUT", "$$.Execution.Input"],
    ["EXECUTION_INPUT_VALUES", "$$.Execution.Input.values"],
  ].map(([name, path = ""]) =>
    ask(
      `test_state_task_context_object[${name}]`,
      contextState(path),
      { FunctionName: "lambda_function_name", Payload: { "input-value": 0 } },
      { ...inContext(EXECUTION), ...result({ pokemon: TRAINERS }), inspectionLevel: "TRACE" },
    ),
  ),
  ...(
    [
      ["test_state_context_object_invalid_states[TOKEN_TASK_NOT_SYNC]", { Task: { Token: "abcd123" } }],
      ["test_state_context_object_validation_failures[INVALID_EXECUTION_ID_TYPE]", { Execution: { Id: 5 } }],
      ["test_state_context_object_validation_failures[INVALID_MAP]", { Map: {} }],
      [
        "test_state_context_object_validation_failures[INVALID_EXECUTION_FIELD]",
        { Execution: { pokemon: 1 } },
      ],
      ["test_state_context_object_validation_failures[INVALID_FIELD]", { Pokedex: {} }],
    ] as const
  ).map(([test, context]) =>
    refused(test, "base_lambda_service_task_state", inContext(context), "exception"),
  ),
  refused(
    "test_state_context_object_invalid_states[INVALID_STATE_PASS]",
    "base_pass_state",
    inContext({}),
    "exception",
  ),
];

const FOO = {
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Parameters: { FunctionName: "foo", Payload: "bar" },
  End: true,
};
const mockError = (error: string, cause: string): Options => ({ mock: { errorOutput: { error, cause } } });

/** @param name of a definition whose Retry or Catch is taken */
function handled(test: string, answer: string, name: string, input: unknown, options: Options): RecordedTest {
  const { Retry, Catch = [] } = read(name) as { Retry?: object; Catch?: Record<string, unknown>[] };
  const catchers = Catch.map(({ Output: _jsonata, ...catcher }) => catcher);
  const definition = { ...FOO, ...(Retry && { Retry }), ...(catchers.length > 0 && { Catch: catchers }) };
  return {
    ...ask(test, definition, input, { inspectionLevel: "DEBUG", ...options }, answer),
    isTranslated: true,
  };
}

const retried = (answer: string, retrierRetryCount: number) =>
  handled(
    "test_state_configuration_retrier_retry_count[DEBUG]",
    answer,
    "base_task_state_retry",
    { Values: ["first", "second", "third"] },
    {
      ...mockError("MockException", "Mock the cause of the error."),
      stateConfiguration: { retrierRetryCount },
    },
  );
const caught = (answer: string, options: Options) =>
  handled("test_state_task_catch_error[DEBUG]", answer, "base_task_state_catch", HELLO, options);

export const HANDLED = [
  retried("below_tolerated_retry_count_with_backoff", 4),
  retried("exceeds_tolerated_retry_count", 5),
  caught("test_catch_mock_exception_response", mockError("MockException", "Mock the cause of the error.")),
  caught("catch_task_failed_response", mockError("States.TaskFailed", "The task failed.")),
];
