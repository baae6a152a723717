/** The comparison rules of a Choice: the local Step Functions beside what the real one chose. */
import { loadStateMachine } from "#infra/local/aws/step-functions/definition.ts";
import type { Json } from "#infra/local/aws/step-functions/engine.ts";
import { runState } from "#infra/local/aws/step-functions/run-state.ts";
import { LocalSetupError } from "#infra/local/settings.ts";
import { readRecording } from "../recordings.ts";
import { emptyVerdict, type Verdict } from "../verdict.ts";

const RECORDINGS = ["boolean_equals", "is_operators", "numeric", "string_operators", "timestamp_operators"];

/** What the recordings put in the place of an instant. */
const MASKED = "date";

interface RecordedCase {
  input: { Variable: Json; Value: Json };
  output: { "TestResult.$": string };
}

export async function judgeChoiceRules(): Promise<Verdict> {
  const verdict = emptyVerdict("choice rules");
  for (const name of RECORDINGS) {
    const recording = readRecording<{ cases: RecordedCase[] }>(`v2/choice_operators/test_${name}`);
    for (const [test, { cases }] of recording) {
      for (const one of cases) await judgeCase(operatorOf(test), one, verdict);
    }
  }
  return verdict;
}

async function judgeCase(operator: string, { input, output }: RecordedCase, verdict: Verdict): Promise<void> {
  const { Variable, Value } = input;
  if (Variable === MASKED || Value === MASKED) {
    verdict.masked += 1;
    return;
  }
  const theirs = output["TestResult.$"];
  const ours = await choose(operator, input);
  if (ours === undefined) verdict.refused += 1;
  else if (ours === theirs) verdict.equal += 1;
  else {
    const what = `${operator} of ${JSON.stringify(Variable)} against ${JSON.stringify(Value)}`;
    verdict.differences.push({ what, theirs, ours });
  }
}

/** `test_string_less_than_equals_path` is of StringLessThanEqualsPath. */
function operatorOf(test: string): string {
  return test.replace(/^test/, "").replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

/** @returns the state that it leads to, or how it failed; undefined when the rule is refused at load */
async function choose(
  operator: string,
  { Variable, Value }: RecordedCase["input"],
): Promise<string | undefined> {
  const compared = operator.endsWith("Path") ? "$.Value" : Value;
  const definition = {
    StartAt: "Check",
    States: {
      Check: {
        Type: "Choice",
        Choices: [{ Variable: "$.Variable", [operator]: compared, Next: "ConditionTrue" }],
        Default: "ConditionFalse",
      },
      ConditionTrue: { Type: "Succeed" },
      ConditionFalse: { Type: "Succeed" },
    },
  };
  const engine = loadOrRefuse(JSON.stringify(definition))?.engines["Check"];
  if (!engine) return undefined;
  const { signal } = new AbortController();
  const outcome = await runState({
    engine,
    input: { Variable, Value },
    context: {},
    attempts: undefined,
    signal,
  });
  if (outcome.kind === "next") return outcome.state;
  return outcome.kind === "failed" ? outcome.error : outcome.kind;
}

function loadOrRefuse(text: string) {
  try {
    return loadStateMachine(text);
  } catch (error) {
    if (error instanceof LocalSetupError) return undefined;
    throw error;
  }
}
