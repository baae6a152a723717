/** What a state has made of its data, step by step: each step is a Pass state's with the same fields. */
import type { InspectionData } from "@aws-sdk/client-sfn";
import { type StateDefinition, trustState } from "#infra/states-language/definition.ts";
import type { Json } from "#infra/states-language/engine.ts";
import { runState } from "#infra/states-language/run-state.ts";

interface Inspected {
  state: StateDefinition;
  input: Json;
  context: Record<string, Json>;
  /** What a Task's service was given and has answered, as far as it came to that. */
  call: { parameters?: Json; result?: Json };
}

type Fields = Record<string, unknown>;

/** @returns each as JSON text */
export async function inspect({ state, input, context, call }: Inspected): Promise<InspectionData> {
  const { InputPath, Parameters, Result, ResultSelector, ResultPath } = { ...state } as Fields;
  const pass = (fields: Fields, given: Json) => evaluate(fields, given, context);
  const selectedInput = () => pass(defined({ InputPath }), input);
  const placed = (result: Json) => pass(defined({ Result: result, ResultPath }), input);
  const data: Record<string, Json | undefined> = { input };

  if (state.Type === "Pass" && Result !== undefined) {
    data["result"] = data["afterResultSelector"] = Result as Json;
    data["afterResultPath"] = await placed(Result as Json);
    return asTexts(data);
  }
  data["afterInputPath"] = await selectedInput();
  if (state.Type === "Pass") {
    const made = await pass(defined({ InputPath, Parameters }), input);
    if (made !== undefined) {
      Object.assign(data, { afterParameters: made, afterResultSelector: made });
      data["afterResultPath"] = await placed(made);
    }
  } else if (state.Type === "Task") {
    data["afterParameters"] = call.parameters;
    if (call.result !== undefined) {
      const selected =
        ResultSelector === undefined ? call.result : await pass({ Parameters: ResultSelector }, call.result);
      data["result"] = call.result;
      data["afterResultSelector"] = selected;
      if (selected !== undefined) data["afterResultPath"] = await placed(selected);
    }
  }
  return asTexts(data);
}

const defined = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** @returns undefined when it cannot be made: the state has failed by that */
async function evaluate(
  fields: Fields,
  input: Json,
  context: Record<string, Json>,
): Promise<Json | undefined> {
  const engine = trustState({ Type: "Pass", ...fields, End: true });
  const { signal } = new AbortController();
  const outcome = await runState({ engine, input, context, attempts: undefined, signal });
  return outcome.kind === "succeeded" ? outcome.output : undefined;
}

const asTexts = (data: Record<string, Json | undefined>): InspectionData =>
  Object.fromEntries(
    Object.entries(data).flatMap(([field, value]) =>
      value === undefined ? [] : [[field, JSON.stringify(value)]],
    ),
  );
