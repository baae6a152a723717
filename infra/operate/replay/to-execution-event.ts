/** An event that the engine here has made, as Step Functions' own are read. */
import type { ExecutionEvent } from "#handlers/adapters/step-functions/execution.ts";
import type { HistoryEvent } from "#infra/states-language/history-events.ts";

/** Every kind of event has its details under a name of its own; there is one at most. */
export function toExecutionEvent({
  id,
  type = "ExecutionStarted",
  timestamp = 0,
  ...event
}: HistoryEvent): ExecutionEvent {
  const [, details = {}] = Object.entries(event).find(([key]) => key.endsWith("EventDetails")) ?? [];
  const at = new Date(timestamp * 1_000).toISOString();
  return { id, type, at, details: details as Record<string, unknown> };
}
