/** Executions of the real Step Functions, replayed on the definitions that they ran: none may go another way. */
import type { ExecutionEvent } from "#handlers/adapters/step-functions/execution.ts";
import { loadCandidate } from "#infra/operate/replay/candidate.ts";
import { readPath } from "#infra/operate/replay/path.ts";
import { createReplay, type ReplayReport } from "#infra/operate/replay/replay.ts";
import { DefinitionRefused } from "#infra/states-language/definition-refused.ts";
import { emptyVerdict, type Verdict } from "../verdict.ts";
import { type Definition, type RecordedEvent, readHistories } from "./recorded-histories.ts";

/** Of which a Task's and an execution's are JSON in text, which the recordings have taken apart. */
const TEXTS = ["input", "output", "parameters", "cause"];

const IDENTITY = {
  name: "judged",
  arn: "arn:aws:states:us-east-1:000000000000:stateMachine:judged",
  roleArn: "",
};

export async function judgeReplays(): Promise<Verdict> {
  const verdict = emptyVerdict("replays");
  for (const { what, events, definition } of readHistories()) {
    const report = definition && (await replayOne(definition, events));
    const [difference] = report?.differences ?? [];
    if (!definition) verdict.masked += 1;
    else if (!report || report.left.length > 0) verdict.refused += 1;
    else if (!difference) verdict.equal += 1;
    else
      verdict.differences.push({ what: `${what}, replayed`, theirs: "as recorded", ours: difference.text });
  }
  return verdict;
}

/** @returns undefined when the definition is refused at load */
async function replayOne(definition: Definition, events: RecordedEvent[]): Promise<ReplayReport | undefined> {
  const text = JSON.stringify(definition);
  try {
    const candidate = { loaded: loadCandidate(text), identity: IDENTITY };
    const replay = createReplay(candidate, text, (name) => `${IDENTITY.arn}:${name}`);
    const execution = { name: "judged", status: "SUCCEEDED", startedAt: "", redriveCount: 0 } as const;
    await replay.add({ execution, path: readPath(events.map(asRead)) });
    return replay.report();
  } catch (error) {
    if (error instanceof DefinitionRefused) return undefined;
    throw error;
  }
}

/** As Step Functions answers it; the recordings hide when it was. */
function asRead(event: RecordedEvent, index: number): ExecutionEvent {
  const details = Object.entries(event).find(([field]) => field.endsWith("EventDetails"))?.[1] ?? {};
  const told = Object.entries(details as Record<string, unknown>).map(([field, value]) => [
    field,
    TEXTS.includes(field) && typeof value !== "string" ? JSON.stringify(value) : value,
  ]);
  return {
    id: index + 1,
    type: event.type,
    at: new Date(index * 1_000).toISOString(),
    details: Object.fromEntries(told) as Record<string, unknown>,
  };
}
