/** Which of many executions ran a definition that is not live any more, found by few questions. */
import type { StandingExecution } from "#workflow/ports/executions.ts";

export interface DefinitionOfExecution {
  definition: string;
  /** Since when it stood, in milliseconds since 1970. */
  updatedAt: number;
}

interface DefinitionReader {
  /** The one that is live. */
  readDefinition: () => Promise<string>;
  readDefinitionOf: (executionName: string) => Promise<DefinitionOfExecution>;
}

/** @returns their names */
export async function findReplaced(
  executions: StandingExecution[],
  reader: DefinitionReader,
): Promise<Set<string>> {
  if (executions.length === 0) return new Set();
  const current = await reader.readDefinition();
  const replaced = new Set<string>();
  for (const version of new Set(executions.map((one) => one.version))) {
    const some = executions.filter((one) => one.version === version);
    const found = version ? await findOfVersion(some, reader) : await findByTime(some, reader);
    for (const [name, definition] of found) if (definition !== current) replaced.add(name);
  }
  return replaced;
}

type Definitions = Map<string, string>;

/** A version never changes, so one of its executions tells of all; two versions are live while a release is under way. */
async function findOfVersion(
  executions: StandingExecution[],
  { readDefinitionOf }: DefinitionReader,
): Promise<Definitions> {
  const { definition } = await readDefinitionOf(executions[0]?.executionName ?? "");
  return new Map(executions.map((one) => [one.executionName, definition]));
}

/** Of no version: one call tells of all that started while the same definition stood, since it stood from its update on. */
async function findByTime(
  executions: StandingExecution[],
  { readDefinitionOf }: DefinitionReader,
): Promise<Definitions> {
  const inOrder = executions.toSorted((one, other) => one.startedAt.localeCompare(other.startedAt));
  const found: Definitions = new Map();
  const read = async (index: number) => readDefinitionOf(inOrder[index]?.executionName ?? "");
  async function mark(
    from: number,
    to: number,
    first: DefinitionOfExecution,
    last: DefinitionOfExecution,
  ): Promise<void> {
    if (first.updatedAt !== last.updatedAt && to - from > 1) {
      const middle = Math.floor((from + to) / 2);
      const between = await read(middle);
      await mark(from, middle, first, between);
      await mark(middle, to, between, last);
      return;
    }
    const isFirst = (index: number) => first.updatedAt === last.updatedAt || index === from;
    for (let index = from; index <= to; index += 1)
      found.set(inOrder[index]?.executionName ?? "", (isFirst(index) ? first : last).definition);
  }
  const last = inOrder.length - 1;
  await mark(0, last, await read(0), await read(last));
  return found;
}
