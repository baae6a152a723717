/** What Lambda and the queue answer to an execution: what its scenario has set, and after that what the shipped steps do. */
import type { StepState } from "#infra/deployment/steps.ts";
import { STEP_FUNCTION_ARNS } from "#infra/local/definition.ts";
import type { Scenario } from "./scenarios.ts";
import type { ShippedSteps } from "./shipped-steps.ts";

interface Refusal {
  code: string;
  message: string;
  status: number;
  requestId: string;
}

/** A function's answer, its failure as Lambda's runtime writes it down, Lambda's own refusal, or none at all. */
export type LambdaAnswer =
  | { payload: unknown }
  | { functionError: { errorType: string; errorMessage: string; trace: string[] } }
  | { refusal: Refusal }
  | { hangs: true };

export type QueueAnswer = { sent: { MessageId: string } } | { refusal: Refusal };

export interface Answers {
  lambda(request: { FunctionName: string; Payload: unknown }): Promise<LambdaAnswer>;
  queue(): QueueAnswer;
}

/** For one run of one scenario: what it has set is used up. */
export function scriptAnswers(scenario: Scenario, steps: ShippedSteps): Answers {
  const set = new Map(Object.entries(scenario.lambda ?? {}).map(([state, answers]) => [state, [...answers]]));
  const queue = [...(scenario.queue ?? [])];
  return {
    async lambda({ FunctionName, Payload }) {
      const state = stateOf(FunctionName);
      const next = set.get(state)?.shift();
      if (next) return next;
      return steps[state](Payload).then((payload) => ({ payload: payload ?? null }), asFunctionError);
    },
    queue: () => queue.shift() ?? { sent: { MessageId: "judged" } },
  };
}

function stateOf(functionArn: string): StepState {
  const found = Object.entries(STEP_FUNCTION_ARNS).find(([, arn]) => arn === functionArn);
  if (!found) throw new Error(`No step has the function ${functionArn}.`);
  return found[0] as StepState;
}

function asFunctionError(error: unknown): LambdaAnswer {
  const { name, message } = error as Error;
  return { functionError: { errorType: name, errorMessage: message, trace: [] } };
}
