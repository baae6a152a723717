/** What `$$` finds in a test: what was given, or what AWS makes up. */
import { randomUUID } from "node:crypto";
import { ACCOUNT, REGION, stateMachineArn } from "#infra/local/names.ts";
import type { Json } from "#infra/states-language/engine.ts";
import { ServiceError } from "../../wire.ts";

type Fields = Record<string, Json>;

/** The type of each field; undefined: anything. */
const ALLOWED: Record<string, Record<string, "string" | "number" | undefined>> = {
  Execution: {
    Id: "string",
    Input: undefined,
    Name: "string",
    RoleArn: "string",
    StartTime: "string",
    RedriveCount: "number",
    RedriveTime: "string",
  },
  State: { EnteredTime: "string", Name: "string", RetryCount: "number" },
  StateMachine: { Id: "string", Name: "string" },
};

/** @throws ValidationException */
export function readContext(text: string | undefined): Fields | undefined {
  if (text === undefined) return undefined;
  const context = parse(text);
  for (const [part, fields] of Object.entries(context)) {
    if (part === "Map") throw invalid("'Map' field is not supported when mocking a Context object");
    // The services of these patterns are not here.
    if (part === "Task")
      throw invalid(
        "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
      );
    const allowed = ALLOWED[part];
    if (!allowed) throw invalid(`Field '${part}' is not allowed`);
    for (const [field, value] of Object.entries(fields as Fields)) {
      if (!Object.hasOwn(allowed, field)) throw invalid(`Field '${field}' is not allowed`);
      const type = allowed[field];
      if (type && typeof value !== type) throw invalid(`${part}.${field} must be a ${type}`);
    }
  }
  return context;
}

const invalid = (reason: string) =>
  new ServiceError("ValidationException", `Invalid Context object provided: ${reason}`);

function parse(text: string): Fields {
  try {
    const context: unknown = JSON.parse(text);
    if (typeof context === "object" && context !== null && !Array.isArray(context)) return context as Fields;
  } catch {
    // Refused below, like a context that is no object.
  }
  throw invalid("it must be a JSON object");
}

/** As of an execution that nobody will find, of a state machine that there is not. */
export function madeUpContext(state: string, input: Json, roleArn: string | undefined): Fields {
  const [machine, execution] = [randomUUID(), randomUUID()];
  const now = new Date().toISOString();
  return {
    Execution: {
      Id: `arn:aws:states:${REGION}:${ACCOUNT}:express:${machine}:${execution}`,
      Input: input,
      Name: execution,
      RoleArn: roleArn ?? null,
      StartTime: now,
    },
    StateMachine: { Id: stateMachineArn(machine), Name: machine },
    State: { Name: state, EnteredTime: now, RetryCount: 0 },
  };
}

/** The engine overwrites two fields, which definitions therefore look up under another name; see `definition.ts`. */
export function forEngine(context: Fields): Fields {
  const { Input, StartTime } = (context["Execution"] ?? {}) as Fields;
  return {
    ...context,
    OriginalExecution: {
      ...(Input !== undefined && { Input }),
      ...(StartTime !== undefined && { StartTime }),
    },
  };
}
