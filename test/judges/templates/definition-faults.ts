/** Faults of a definition that AWS refuses, or does something else with than was meant: validators are to find them. */

interface State {
  [field: string]: unknown;
  Catch: Record<string, unknown>[];
  Choices: Rule[];
  Parameters: Record<string, Record<string, unknown>>;
  Retry: Record<string, unknown>[];
}

interface Rule {
  [field: string]: unknown;
  Or: Rule[];
}

export interface Definition {
  [field: string]: unknown;
  States: Record<string, State>;
}

interface DefinitionFault {
  fault: string;
  plant: (definition: Definition, state: (name: string) => State) => void;
}

const retrier = (state: State, at = 0) => element(state.Retry, at);
const rule = (state: State, at = 0) => element(state.Choices, at);

function element<T>(list: T[], at: number): T {
  const found = list[at];
  if (found === undefined) throw new Error(`The definition has no ${at + 1}. of these.`);
  return found;
}

const rename = (fields: Record<string, unknown>, from: string, to: string) => {
  fields[to] = fields[from];
  delete fields[from];
};

const LINK = "LinkCustomer";
const GATE = "AwaitRedrive";
const SETTLED = "IsPaymentSettled";

export const DEFINITION_FAULTS: DefinitionFault[] = [
  { fault: "Next of a Task names no state", plant: (_, state) => (state(LINK)["Next"] = "Enroled") },
  { fault: "StartAt names no state", plant: (definition) => (definition["StartAt"] = "ValidateSesion") },
  {
    fault: "Next of a Catch names no state",
    plant: (_, of) => (element(of(LINK).Catch, 0)["Next"] = "Note"),
  },
  { fault: "Next of a rule names no state", plant: (_, of) => (rule(of(SETTLED), 1)["Next"] = "Close") },
  { fault: "Default names no state", plant: (_, state) => (state(SETTLED)["Default"] = "AwaitingPay") },
  { fault: "a Task has neither Next nor End", plant: (_, state) => delete state(LINK)["Next"] },
  { fault: "a Task has both Next and End", plant: (_, state) => (state(LINK)["End"] = true) },
  { fault: "a state's Type is none", plant: (_, state) => (state("Enrolled")["Type"] = "Success") },
  { fault: "a Task has no Resource", plant: (_, state) => delete state(LINK)["Resource"] },
  { fault: "a Resource is no ARN", plant: (_, state) => (state(LINK)["Resource"] = "lambda:invoke") },
  { fault: "a Task's field is misspelled", plant: (_, of) => rename(of(LINK), "TimeoutSeconds", "Timeout") },
  {
    fault: "a retrier's field is misspelled",
    plant: (_, of) => rename(retrier(of(LINK)), "MaxAttempts", "MaxAttempt"),
  },
  { fault: "a retrier names no errors", plant: (_, state) => delete retrier(state(LINK))["ErrorEquals"] },
  { fault: "pauses get shorter", plant: (_, state) => (retrier(state(LINK))["BackoffRate"] = 0.5) },
  { fault: "a count of tries is text", plant: (_, state) => (retrier(state(LINK))["MaxAttempts"] = "30") },
  {
    fault: "the jitter is of no kind",
    plant: (_, state) => (retrier(state(LINK))["JitterStrategy"] = "HALF"),
  },
  { fault: "a Task has no time", plant: (_, state) => (state(LINK)["TimeoutSeconds"] = 0) },
  { fault: "a Task has two times", plant: (_, state) => (state(LINK)["TimeoutSecondsPath"] = "$.time") },
  {
    fault: "a state cannot be reached",
    plant: ({ States }) => (States["Orphan"] = { Type: "Succeed" } as never),
  },
  { fault: "a Succeed has a Next", plant: (_, state) => (state("Enrolled")["Next"] = GATE) },
  { fault: "a Choice has an End", plant: (_, state) => (state(GATE)["End"] = true) },
  { fault: "a Choice has no rules", plant: (_, state) => (state(GATE).Choices = []) },
  { fault: "a rule has no Next", plant: (_, state) => delete rule(state(GATE))["Next"] },
  { fault: "a rule compares twice", plant: (_, state) => (rule(state(GATE))["NumericEquals"] = 1) },
  {
    fault: "a comparison is misspelled",
    plant: (_, of) => rename(rule(of(GATE)), "NumericGreaterThanPath", "NumericGreaterPath"),
  },
  {
    fault: "a comparison is with a value of another type",
    plant: (_, state) => (rule(state(SETTLED))["BooleanEquals"] = "true"),
  },
  {
    fault: "a rule inside Or has a Next",
    plant: (_, state) => (element(rule(state(SETTLED), 1).Or, 0)["Next"] = "CloseCheckout"),
  },
  {
    fault: "a ResultPath is no path",
    plant: (_, state) => (state("WriteEnrollment")["ResultPath"] = "enrollment"),
  },
  {
    fault: "an intrinsic function is none",
    plant: (_, of) => (of("LeaveIdsOut").Parameters = { ids: { "text.$": "States.JsonToText($.input)" } }),
  },
  {
    fault: "a path stands under a name without .$",
    plant: (_, of) => rename(of(LINK).Parameters["Payload"] ?? {}, "event.$", "event"),
  },
  {
    fault: "States.ALL stands beside another error",
    plant: (_, of) => (retrier(of(LINK), 2)["ErrorEquals"] = ["States.ALL", "Other"]),
  },
  { fault: "States.ALL stands before another retrier", plant: (_, state) => state(LINK).Retry.reverse() },
];
