/** Bugs planted in the definition of the state machine. */
import type { Definition, State } from "../states/definition.ts";
import type { Mutant } from "./mutant.ts";

function edit(change: (states: Record<string, State>) => void): Mutant["spoil"] {
  return (parts) => {
    const definition: Definition = structuredClone(parts.definition);
    change(definition.States);
    return { ...parts, definition };
  };
}

/** @throws Error when the definition no longer has the state, so that no mutant plants nothing */
function stateNamed(states: Record<string, State>, name: string): State {
  const state = states[name];
  if (!state) throw new Error(`The definition has no state ${name}; the mutant must be rewritten.`);
  return state;
}

export const DEFINITION_MUTANTS: Mutant[] = [
  {
    name: "ValidateSession has no Catch",
    spoil: edit((states) => delete stateNamed(states, "ValidateSession").Catch),
  },
  {
    name: "WriteEnrollment has no Catch",
    spoil: edit((states) => delete stateNamed(states, "WriteEnrollment").Catch),
  },
  {
    name: "the gate is a Fail state",
    spoil: edit((states) => {
      states["AwaitRedrive"] = { Type: "Fail", Error: "Failed", Cause: "" };
    }),
  },
  {
    name: "the gate is a Succeed state",
    spoil: edit((states) => {
      states["AwaitRedrive"] = { Type: "Succeed" };
    }),
  },
  {
    name: "the gate opens once only",
    spoil: edit((states) => {
      const [rule] = stateNamed(states, "AwaitRedrive").Choices ?? [];
      if (!rule) throw new Error("The gate has no rule; the mutant must be rewritten.");
      const { Next, ...condition } = rule;
      const firstRedrive = { Variable: "$$.Execution.RedriveCount", NumericEquals: 1 };
      stateNamed(states, "AwaitRedrive").Choices = [{ And: [condition, firstRedrive], Next }];
    }),
  },
  {
    name: "the redriven work ends at once",
    spoil: edit((states) => {
      const [rule] = stateNamed(states, "AwaitRedrive").Choices ?? [];
      if (rule) rule.Next = "Enrolled";
    }),
  },
  {
    name: "no dead letter is sent",
    spoil: edit((states) => {
      states["SendToDeadLetterQueue"] = { Type: "Pass", Next: "AwaitRedrive" };
    }),
  },
  {
    name: "the dead letter does not name the session",
    spoil: edit((states) => {
      const body = stateNamed(states, "SendToDeadLetterQueue").Parameters?.["MessageBody"];
      delete (body as Record<string, unknown>)["checkoutSessionId.$"];
    }),
  },
  {
    name: "the dead letter asks for ids that may be missing",
    spoil: edit((states) => {
      stateNamed(states, "AreIdsThere").Default = "SendToDeadLetterQueue";
    }),
  },
  {
    name: "a failure is put into the input, which may be no object",
    spoil: edit((states) => {
      for (const catcher of stateNamed(states, "ValidateSession").Catch ?? []) catcher.ResultPath = "$.error";
    }),
  },
  {
    name: "whether it is settled is not asked",
    spoil: edit((states) => {
      states["IsPaymentSettled"] = { Type: "Pass", Next: "WriteEnrollment" };
    }),
  },
  {
    name: "a completed checkout counts as paid",
    spoil: edit((states) => {
      stateNamed(states, "IsPaymentSettled").Default = "WriteEnrollment";
    }),
  },
  {
    name: "DoublePayment is caught as if all were well",
    spoil: edit((states) => {
      stateNamed(states, "WriteEnrollment").Catch?.unshift({
        ErrorEquals: ["DoublePayment"],
        Next: "Enrolled",
      });
    }),
  },
];
