/** The functions behind the state machine's Task states: what each is, may do and is given, on AWS and locally alike. */
import type * as handlers from "#handlers/steps.ts";

/** An export of `handlers/steps.ts` that is a function behind a state. */
export type StepHandler = Exclude<keyof typeof handlers, "createSteps">;

interface Step {
  handler: StepHandler;
  /** What it does to the table, as DynamoDB's API calls it. */
  tableVerbs: ("GetItem" | "BatchGetItem" | "PutItem" | "UpdateItem" | "DeleteItem")[];
  callsStripe: boolean;
  /** Shorter than the state's TimeoutSeconds, so that the function's own error is what the state machine sees. */
  timeoutSeconds: number;
}

/** By the state's name. */
export const STEPS = {
  ValidateSession: {
    handler: "validateSession",
    // What an earlier version remembered becomes a purchase when it is read; and every step notes its failure.
    tableVerbs: ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"],
    callsStripe: false,
    timeoutSeconds: 20,
  },
  WriteEnrollment: {
    handler: "writeEnrollment",
    tableVerbs: ["GetItem", "BatchGetItem", "PutItem", "UpdateItem", "DeleteItem"],
    callsStripe: true,
    // A write that is not answered is followed by a look at what became of it.
    timeoutSeconds: 28,
  },
  LinkCustomer: {
    handler: "linkCustomer",
    tableVerbs: ["GetItem", "UpdateItem"],
    callsStripe: false,
    timeoutSeconds: 20,
  },
  CloseCheckout: {
    handler: "closeCheckout",
    tableVerbs: ["UpdateItem"],
    callsStripe: false,
    timeoutSeconds: 20,
  },
} satisfies Record<string, Step>;

export type StepState = keyof typeof STEPS;

/** @returns what is made of each step, by its state */
export function mapSteps<Made>(make: (step: Step, state: StepState) => Made): Record<StepState, Made> {
  const made = Object.entries(STEPS).map(([state, step]) => [state, make(step, state as StepState)]);
  return Object.fromEntries(made) as Record<StepState, Made>;
}
