/** Whole executions as the real Step Functions ran them, each with the definition that it was made with. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import JSON5 from "json5";
import { RECORDINGS_DIR, readRecording } from "../recordings.ts";

const DEFINITIONS_DIR = path.join(RECORDINGS_DIR, "definitions/templates");

/** Where histories were recorded. Some are all of states that are refused, such as those of other services and heartbeats. */
const RECORDINGS = [
  "context_object/test_context_object",
  "error_handling/test_aws_sdk",
  "error_handling/test_states_errors",
  "error_handling/test_task_lambda",
  "error_handling/test_task_service_dynamodb",
  "error_handling/test_task_service_lambda",
  "error_handling/test_task_service_sfn",
  "error_handling/test_task_service_sqs",
  "intrinsic_functions/test_array",
  "intrinsic_functions/test_generic",
  "intrinsic_functions/test_json_manipulation",
  "scenarios/test_base_scenarios",
  "services/test_lambda_task",
  "services/test_lambda_task_service",
  "services/test_sqs_task_service",
  "timeouts/test_heartbeats",
  "timeouts/test_timeouts",
];

export interface RecordedEvent {
  type: string;
  [details: `${string}EventDetails`]: Record<string, unknown> | undefined;
}

interface RecordedHistory {
  /** Which test of which recording. */
  what: string;
  events: RecordedEvent[];
  /** Undefined when it is not among the recorded ones. */
  definition: Definition | undefined;
}

export interface Definition {
  StartAt: string;
  States: Record<string, { Type: string; Resource?: string }>;
}

export function readHistories(): RecordedHistory[] {
  const definitions = readDefinitions();
  return RECORDINGS.flatMap((recording) =>
    readRecording<Record<string, unknown>>(`v2/${recording}`).flatMap(([test, content]) =>
      Object.entries(content).flatMap(([name, answer]) => {
        const events = eventsOf(answer);
        if (!events) return [];
        return [{ what: `${test} ${name}`, events, definition: findDefinition(test, events, definitions) }];
      }),
    ),
  );
}

function eventsOf(answer: unknown): RecordedEvent[] | undefined {
  const { events } = (answer ?? {}) as { events?: RecordedEvent[] };
  return Array.isArray(events) && events[0]?.type === "ExecutionStarted" ? events : undefined;
}

interface NamedDefinition {
  name: string;
  definition: Definition;
}

function readDefinitions(): NamedDefinition[] {
  return readdirSync(DEFINITIONS_DIR, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json5"))
    .toSorted()
    .flatMap((file) => {
      const definition = parse(readFileSync(path.join(DEFINITIONS_DIR, file), "utf8"));
      return definition ? [{ name: path.basename(file, ".json5"), definition }] : [];
    });
}

/** Some are meant to be no JSON at all. */
function parse(text: string): Definition | undefined {
  try {
    const definition: Partial<Definition> = JSON5.parse(text);
    return definition.StartAt && definition.States ? (definition as Definition) : undefined;
  } catch {
    return undefined;
  }
}

const wordsOf = (name: string) =>
  name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

/** Whose definitions are called otherwise. */
const CALLED_OTHERWISE: Record<string, string> = {
  test_array_unique: "array_length",
  test_string_to_json: "string_to_json",
  test_fixed_timeout_service_lambda: "service_lambda_wait_with_timeout_seconds",
  test_no_such_function: "lambda_invoke",
  test_raise_exception: "lambda_invoke",
  test_raise_custom_exception: "task_service_lambda_invoke_catch_tbd",
  test_service_task_lambada_catch_state_all_data_limit_exceeded_on_large_utf8_response:
    "task_service_lambda_invoke_catch_all",
};

/** The recordings do not name it: it is the one whose states were entered, and whose name is most like the test's. */
function findDefinition(test: string, events: RecordedEvent[], definitions: NamedDefinition[]) {
  const fitting = definitions.filter(({ definition }) => fits(definition, events));
  const wanted = wordsOf(test);
  const likeness = ({ name }: NamedDefinition) => {
    if (name === CALLED_OTHERWISE[test]) return Infinity;
    const words = wordsOf(name);
    return words.filter((word) => wanted.includes(word)).length / new Set([...words, ...wanted]).size;
  };
  const [found] = fitting.toSorted((one, other) => likeness(other) - likeness(one));
  return found && fillIn(found.definition, events);
}

/** One leaves to its test which error it catches. */
function fillIn(definition: Definition, events: RecordedEvent[]): Definition {
  const error = events.find(({ taskFailedEventDetails: failed }) => failed)?.taskFailedEventDetails?.[
    "error"
  ];
  const text = JSON.stringify(definition).replace(
    '"ErrorEquals":[]',
    `"ErrorEquals":[${JSON.stringify(error ?? "States.ALL")}]`,
  );
  return JSON.parse(text) as Definition;
}

function fits(definition: Definition, events: RecordedEvent[]): boolean {
  const { StartAt } = definition;
  const States = statesOf(definition);
  const entered = events.flatMap(({ type, stateEnteredEventDetails: details }) =>
    details ? { name: String(details["name"]), type: type.replace("StateEntered", "") } : [],
  );
  const isDirect = events.some(({ type }) => type.startsWith("LambdaFunction"));
  const resources = Object.values(States).map(({ Resource = "" }) => Resource);
  const called = events.flatMap(({ taskScheduledEventDetails: task }) =>
    task ? `:::${String(task["resourceType"])}:${String(task["resource"])}` : [],
  );
  return (
    called.every((resource) => resources.some((one) => one.endsWith(resource))) &&
    entered[0]?.name === StartAt &&
    entered.every(({ name, type }) => States[name]?.Type === type) &&
    resources.every((resource) => !resource || isDirect === !resource.includes(":states:"))
  );
}

/** Those inside of others, too. */
function statesOf(part: object): Definition["States"] {
  const { States = {} } = part as Partial<Definition>;
  const inner = Object.values(part).filter((value) => typeof value === "object" && value !== null);
  return Object.assign({}, ...inner.map((value: object) => statesOf(value)), States) as Definition["States"];
}
