/** What two runs of executions have in common and what not. */
import type { Run, StateOutcome } from "#infra/operate/records/runs.ts";
import { messageIn } from "./cause.ts";
import { prettyJson } from "./words.ts";

/** One of the two sides: a run of an execution. */
export interface Side {
  name: string;
  run: Run;
  input: string | undefined;
  definition: object;
}

export interface ComparedFact {
  what: string;
  left: string;
  right: string;
}

export const differs = ({ left, right }: ComparedFact) => left !== right;

const WORDS: Record<Run["status"], string> = {
  RUNNING: "Running",
  SUCCEEDED: "Succeeded",
  FAILED: "Failed",
  TIMED_OUT: "Timed out",
  ABORTED: "Stopped",
  PENDING_REDRIVE: "Pending redrive",
};

const OUTCOMES: [what: string, of: (run: Run) => string | undefined][] = [
  ["Status", ({ status }) => WORDS[status]],
  ["Ended at", ({ stateName }) => stateName],
  ["Error", ({ error }) => error],
  ["Cause", ({ cause }) => cause && messageIn(cause)],
];

export function compareOutcomes(left: Run, right: Run): ComparedFact[] {
  return OUTCOMES.map(([what, of]) => ({ what, left: of(left) ?? "none", right: of(right) ?? "none" }));
}

/** Those that either of them has entered, in the order of the one that went further. */
export function compareStates(left: Run, right: Run): ComparedFact[] {
  const [longer, other] =
    left.states.length >= right.states.length ? [left.states, right.states] : [right.states, left.states];
  const names = new Set([...longer, ...other].map(({ stateName }) => stateName));
  const outcomeIn = (run: Run, name: string) =>
    describe(run.states.find(({ stateName }) => stateName === name));
  return [...names].map((what) => ({ what, left: outcomeIn(left, what), right: outcomeIn(right, what) }));
}

function describe(outcome: StateOutcome | undefined): string {
  if (!outcome) return "Not run";
  const { error, cause, isRunning, tries } = outcome;
  const end = isRunning ? "Going on" : (error ?? "Went through");
  const why = cause ? `: ${messageIn(cause)}` : "";
  return `${end}${why}${tries > 1 ? ` (${tries} tries)` : ""}`;
}

export const textsOf = ({ input, run, definition }: Side) => ({
  input: input === undefined ? "" : prettyJson(input),
  output: run.output === undefined ? "" : prettyJson(run.output),
  definition: prettyJson(definition),
});
