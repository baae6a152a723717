/** The shipped handlers as whoever invokes them sees them, wherever they run. */
import type { Context } from "aws-lambda";
import { mapSteps } from "#infra/deployment/steps.ts";
import { ENTRIES, type Entry, type HandlerModules } from "./entries.ts";
import type { Runtime } from "./invocation.ts";

/** Each takes an event and, of what has one, the context; it resolves to what is left of its result as JSON. */
export function handlersOf(run: Runtime): HandlerModules {
  const exportsOf = (entry: Entry) =>
    entry === "steps" ? Object.values(mapSteps(({ handler }) => handler)) : ["handler"];
  const modules = ENTRIES.map((entry) => [
    entry,
    Object.fromEntries(exportsOf(entry).map((name) => [name, handlerOf(run, entry, name)])),
  ]);
  return Object.fromEntries(modules) as HandlerModules;
}

const handlerOf =
  (run: Runtime, entry: Entry, name: string) =>
  async (event: unknown = null, context?: Context): Promise<unknown> => {
    const { functionName, awsRequestId } = context ?? {};
    const outcome = await run({
      entry,
      name,
      event: JSON.stringify(event),
      context: functionName && awsRequestId ? { functionName, awsRequestId } : undefined,
    });
    if ("result" in outcome) return JSON.parse(outcome.result) as unknown;
    throw Object.assign(new Error(outcome.errorMessage), { name: outcome.errorType });
  };
