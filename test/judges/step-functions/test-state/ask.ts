/** How a request of TestState is said. */
import { readFileSync } from "node:fs";
import type { TestStateCommandInput } from "@aws-sdk/client-sfn";
import JSON5 from "json5";
import { RECORDINGS_DIR } from "../../recordings.ts";

export interface RecordedTest {
  test: string;
  /** Which of its answers. */
  answer: string;
  request: TestStateCommandInput;
  /** Only how an error is handled is compared: the recorded state is of JSONata, ours says the same in JSONPath. */
  isTranslated?: boolean;
}

export type Options = Omit<TestStateCommandInput, "definition" | "input">;

export const read = (name: string) =>
  JSON5.parse<object>(
    readFileSync(`${RECORDINGS_DIR}definitions/templates/test_state/statemachines/${name}.json5`, "utf8"),
  );
export const roleArn = "arn:aws:iam::000000000000:role/judged";

export function ask(
  test: string,
  definition: string | object,
  input: unknown,
  options: Options = {},
  answer = "test_case_response",
): RecordedTest {
  const state = typeof definition === "string" ? read(definition) : definition;
  return {
    test,
    answer,
    request: { definition: JSON.stringify(state), input: JSON.stringify(input), ...options },
  };
}

export const refused = (
  test: string,
  definition: string | object,
  options: Options,
  answer = "validation_exception",
) => ask(test, definition, HELLO, options, answer);

export const HELLO = { Value: "HelloWorld" };
export const CALL = { FunctionName: "lambda_function_name", Payload: null };

export const result = (value: unknown): Options => ({ mock: { result: JSON.stringify(value) } });
