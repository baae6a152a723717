/** The comparison rules of a Choice: the local Step Functions beside what the real one chose. */

import { loadStateMachine } from "#infra/states-language/definition.ts";
import { DefinitionRefused } from "#infra/states-language/definition-refused.ts";
import type { Json, StateMachine } from "#infra/states-language/engine.ts";
import { runState } from "#infra/states-language/run-state.ts";
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
      const whole = cases.filter(({ input }) => input.Variable !== MASKED && input.Value !== MASKED);
      verdict.masked += cases.length - whole.length;
      await judgeCases(operatorOf(test), whole, verdict);
    }
  }
  return verdict;
}

async function judgeCases(operator: string, cases: RecordedCase[], verdict: Verdict): Promise<void> {
  const engines = loadEach(cases.map(({ input }) => ruleOf(operator, input)));
  for (const [index, { input, output }] of cases.entries()) {
    const theirs = output["TestResult.$"];
    const engine = engines[index];
    const ours = engine && (await choose(engine, input));
    if (ours === undefined) verdict.refused += 1;
    else if (ours === theirs) verdict.equal += 1;
    else {
      const { Variable, Value } = input;
      const what = `${operator} of ${JSON.stringify(Variable)} against ${JSON.stringify(Value)}`;
      verdict.differences.push({ what, theirs, ours });
    }
  }
}

/** `test_string_less_than_equals_path` is of StringLessThanEqualsPath. */
function operatorOf(test: string): string {
  return test.replace(/^test/, "").replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

const ruleOf = (operator: string, { Value }: RecordedCase["input"]) => ({
  Variable: "$.Variable",
  [operator]: operator.endsWith("Path") ? "$.Value" : Value,
  Next: "ConditionTrue",
});

type Rule = ReturnType<typeof ruleOf>;

/**
 * All in one definition, since loading one takes its time; one by one when that is refused.
 * @returns undefined for a rule that is refused at load
 */
function loadEach(rules: Rule[]): (StateMachine | undefined)[] {
  const loaded = loadOrRefuse(rules);
  if (loaded) return rules.map((_rule, index) => loaded.engines[`Check${index}`]);
  return rules.map((rule) => loadOrRefuse([rule])?.engines["Check0"]);
}

function loadOrRefuse(rules: Rule[]) {
  const checks = rules.map((rule, index) => [
    `Check${index}`,
    { Type: "Choice", Choices: [rule], Default: "ConditionFalse" },
  ]);
  const ways = rules.map((_rule, index) => ({ Variable: "$", IsPresent: true, Next: `Check${index}` }));
  const definition = {
    StartAt: "Start",
    States: {
      Start: { Type: "Choice", Choices: ways },
      ...(Object.fromEntries(checks) as object),
      ConditionTrue: { Type: "Succeed" },
      ConditionFalse: { Type: "Succeed" },
    },
  };
  try {
    return loadStateMachine(JSON.stringify(definition));
  } catch (error) {
    if (error instanceof DefinitionRefused) return undefined;
    throw error;
  }
}

/** @returns the state that it leads to, or how it failed */
async function choose(engine: StateMachine, input: RecordedCase["input"]): Promise<string> {
  const { signal } = new AbortController();
  const outcome = await runState({ engine, input, context: {}, attempts: undefined, signal });
  if (outcome.kind === "next") return outcome.state;
  return outcome.kind === "failed" ? outcome.error : outcome.kind;
}
