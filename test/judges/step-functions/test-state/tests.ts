/** What the recorded answers of TestState were asked, as far as the local one has the parts of the language. */
import { ask, CALL, HELLO, type Options, type RecordedTest, refused, result, roleArn } from "./ask.ts";
import { HANDLED, IN_CONTEXT } from "./context-and-errors.ts";

const LEVELS = ["INFO", "DEBUG", "TRACE"] as const;
const NESTED = {
  initialData: { fieldFromInput: "value from input", otherField: "other" },
  unrelatedData: { someOtherField: 1234 },
};
const SEND = { QueueUrl: "http://localhost/queue", MessageBody: "hello" };

const STATES: [string, unknown][] = [
  ["BASE_PASS_STATE", HELLO],
  ["BASE_RESULT_PASS_STATE", HELLO],
  ["IO_PASS_STATE", NESTED],
  ["IO_RESULT_PASS_STATE", NESTED],
  ["BASE_FAIL_STATE", HELLO],
  ["BASE_SUCCEED_STATE", HELLO],
  ["BASE_CHOICE_STATE", { type: "Private", value: 22 }],
];

const BY_LEVEL = LEVELS.flatMap((inspectionLevel) => [
  ...STATES.map(([name, input]) =>
    ask(`test_base_inspection_level_${inspectionLevel.toLowerCase()}[${name}]`, name.toLowerCase(), input, {
      inspectionLevel,
      roleArn,
    }),
  ),
  ask(`test_base_lambda_service_task_state[${inspectionLevel}]`, "base_lambda_service_task_state", CALL, {
    inspectionLevel,
    roleArn,
  }),
  ask(`test_base_state_name[${inspectionLevel}-BASE_PASS_STATE_MACHINE]`, "base_pass_state_machine", HELLO, {
    inspectionLevel,
    roleArn,
    stateName: "State0",
  }),
]);

const OF_MACHINES = [
  ...["dne", "invalid"].map((stateName) =>
    ask(
      `test_base_state_name_validation_failures[${stateName}]`,
      "base_pass_state_machine",
      HELLO,
      { roleArn, stateName },
      "exception",
    ),
  ),
  refused("test_state_name_invalid_state_definition", "base_invalid_state_definition", {
    roleArn,
    stateName: "ExistingButInvalidState",
  }),
  refused("test_base_lambda_service_task_state_no_role_arn_validation", "base_lambda_service_task_state", {}),
];

const METADATA = { SdkHttpMetadata: { HttpStatusCode: 200 } };

const MOCKED = [
  ask(
    "test_base_lambda_service_task_mock_success",
    "base_lambda_service_task_state",
    CALL,
    result({ Payload: "function output", ...METADATA }),
  ),
  ask(
    "test_send_sqs_message_success",
    "base_sqs_send_message",
    SEND,
    result({ MD5OfMessageBody: "x", MessageId: "y" }),
  ),
  ask(
    "test_base_lambda_service_task_mock_is_not_json_string",
    "base_lambda_service_task_state",
    CALL,
    { mock: { result: "not JSON string" } },
    "validation-exception",
  ),
  ...["strict", "present"].flatMap((mode) => {
    const fieldValidationMode = mode.toUpperCase() as "STRICT";
    const mocked = (value: unknown) => ({ mock: { result: JSON.stringify(value), fieldValidationMode } });
    const state = "base_lambda_service_task_state";
    return [
      ask(
        `test_${mode}_mode_mock_result_field_not_in_api_spec[field_not_part_of_api_spec]`,
        state,
        CALL,
        mocked({ random: "json" }),
      ),
      ask(`test_${mode}_mode_mock_result_field_not_in_api_spec[empty_json]`, state, CALL, mocked({})),
      ask(
        `test_${mode}_mode_lambda_task[wrong_integer_type_string]`,
        state,
        CALL,
        mocked({ StatusCode: "200" }),
        "validation-exception",
      ),
    ];
  }),
];

const FAILING: Options = { mock: { errorOutput: { error: "mock error", cause: "mock cause" } } };

const REFUSED_MOCKS = [
  ...(["Pass", "Fail", "Succeed"] as const).flatMap((type) => [
    refused(
      `test_state_type_does_not_accept_mock[mock_result-${type}State]`,
      `base_${type.toLowerCase()}_state`,
      result({}),
    ),
    refused(
      `test_state_type_does_not_accept_mock[mock_error_output-${type}State]`,
      `base_${type.toLowerCase()}_state`,
      FAILING,
    ),
  ]),
  refused("test_state_type_requires_mock[MapState]", "base_map_state", { roleArn }),
  refused("test_state_type_requires_mock[MapTaskState]", "map_task_state", { roleArn }),
  refused("test_both_mock_result_and_mock_error_output_are_set", "base_lambda_service_task_state", {
    mock: { ...result({}).mock, ...FAILING.mock },
  }),
  refused("test_reveal_secrets_is_true_and_mock_result_is_set", "base_lambda_service_task_state", {
    ...result({}),
    revealSecrets: true,
  }),
];

export const RECORDED_TESTS: RecordedTest[] = [
  ...BY_LEVEL,
  ...OF_MACHINES,
  ...MOCKED,
  ...REFUSED_MOCKS,
  ...IN_CONTEXT,
  ...HANDLED,
];

/** Of the recorded states what the local language does not have: other services, JSONata, Map, a task token. */
export const NOT_THERE = [
  "base_aws_api_kms_encrypt",
  "base_aws_api_lambda_get_function",
  "base_aws_api_s3_get_object",
  "base_dynamodb_service_task_state",
  "base_events_put_events",
  "base_map_state",
  "base_map_state_catch",
  "base_map_state_result_writer",
  "base_map_state_retry",
  "base_sfn_start_execution",
  "base_task_state_catch",
  "base_task_state_retry",
  "io_dynamodb_service_task_state",
  "io_output_path_dynamodb_service_task_state",
  "io_sqs_service_task_wait",
  "map_task_state",
].map((name) => ({ name, request: ask(name, name, HELLO, { roleArn }).request }));
