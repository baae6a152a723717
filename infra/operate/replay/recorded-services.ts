/** The services that a definition's Tasks call, each answered by what was recorded: nothing is called. */
import type { StateDefinition } from "#infra/states-language/definition.ts";
import type { Json } from "#infra/states-language/engine.ts";
import type { TaskResource } from "#infra/states-language/history-events.ts";
import type { CanCall } from "#infra/states-language/supported-language.ts";
import type { TaskServices } from "#infra/states-language/task-service.ts";

/** Any, but those that wait for somebody's token, of which a history does not tell who had it. */
export const isRecorded: CanCall = (resource) => !resource.includes(".waitForTaskToken");

/** @returns one for each resource that the states name */
export function answerFromRecord(
  states: Record<string, StateDefinition>,
  answer: (resource: TaskResource, parameters: Json) => Promise<Json>,
): TaskServices {
  const resources = Object.values(states).flatMap((state) => (state.Type === "Task" ? state.Resource : []));
  return Object.fromEntries(
    [...new Set(resources)].map((arn) => {
      const named = nameResource(arn);
      return [arn, { ...named, call: (parameters: Json) => answer(named, parameters) }];
    }),
  );
}

/** As histories name it: `arn:aws:states:::lambda:invoke` is `invoke` of `lambda`; a function or an activity has no type. */
function nameResource(arn: string): TaskResource {
  const [, resourceType = "", resource = arn] =
    /^arn:[^:]+:states:[^:]*:[^:]*:(aws-sdk:[^:]+|(?!activity:)[^:]+):(.+)$/.exec(arn) ?? [];
  return { resourceType, resource };
}
