/** TestState, one state at a time: the local one beside the recordings. */
import { TestStateCommand } from "@aws-sdk/client-sfn";
import { readRecording } from "../../recordings.ts";
import { emptyVerdict, type Verdict } from "../../verdict.ts";
import { type Answers, asRecorded, compareAnswers } from "../compare-answers.ts";
import { withEndpoint } from "../with-endpoint.ts";
import { NOT_THERE, RECORDED_TESTS } from "./tests.ts";

const RECORDINGS = [
  "test_field_validation_mode",
  "test_field_validation_mode_none",
  "test_field_validation_mode_present",
  "test_state_configuration",
  "test_state_context_object",
  "test_state_mock_validation",
  "test_test_state_machine_scenarios",
  "test_test_state_mock_scenarios",
  "test_test_state_scenarios",
];

/** Which state machine there is does not matter. */
const ANY_MACHINE = JSON.stringify({ StartAt: "End", States: { End: { Type: "Succeed" } } });

export async function judgeTestState(): Promise<Verdict> {
  const verdict = emptyVerdict("test state");
  const recorded = Object.fromEntries(
    RECORDINGS.flatMap((name) => readRecording<Answers>(`v2/test_state/${name}`)),
  );
  await withEndpoint(ANY_MACHINE, {}, async (client) => {
    for (const { test, answer, request, isTranslated } of RECORDED_TESTS) {
      const theirs = recorded[test]?.[answer];
      if (theirs === undefined) throw new Error(`${test} has no answer ${answer}.`);
      const ours = await client.send(new TestStateCommand(request)).catch(asRecorded);
      const pick = isTranslated ? errorHandlingOf : (given: unknown) => given;
      compareAnswers(`${test} ${answer}`, pick(theirs), pick(ours), verdict);
    }
    for (const { name, request } of NOT_THERE) {
      const ours = JSON.stringify(await client.send(new TestStateCommand(request)).catch(asRecorded));
      if (!ours.includes("InvalidDefinition"))
        verdict.differences.push({ what: name, theirs: "is refused, since it is not there", ours });
    }
  });
  // Whatever else was recorded is of these, or tells variables.
  const answers = Object.values(recorded).flatMap(Object.keys);
  verdict.refused = answers.length - RECORDED_TESTS.length;
  return verdict;
}

function errorHandlingOf(given: unknown): unknown {
  const { status, error, cause, nextState, inspectionData } = given as {
    [field: string]: unknown;
    inspectionData?: { errorDetails?: unknown };
  };
  return { status, error, cause, nextState, errorDetails: inspectionData?.errorDetails };
}
