/** Asks today's steps what recorded executions have asked, on the table as it was then. Nothing that they do leaves it. */

import { openSnapshot } from "#handlers/adapters/dynamodb/snapshot.ts";
import type { ItemKey, Table } from "#handlers/adapters/dynamodb/table.ts";
import type { Item } from "#handlers/adapters/dynamodb/table-expressions.ts";
import type { StepPorts } from "#handlers/composition.ts";
import type { Names } from "#infra/deployment/names.ts";
import { mapSteps, type StepHandler } from "#infra/deployment/steps.ts";
import type { Attempt, Path } from "../path.ts";
import { isSameJson } from "../same-json.ts";
import { answerOf, describeDifference, recordedAnswer } from "./answer.ts";
import { asOf } from "./as-of.ts";
import { explain } from "./explain.ts";

type Steps = Record<StepHandler, (input: unknown) => Promise<unknown>>;

interface Workshop {
  createSteps: (ports: StepPorts) => Steps;
  compose: (table: Table, outside: Pick<StepPorts, "payments" | "now">) => StepPorts;
  /** What the table holds now. */
  read: (key: ItemKey) => Promise<Item | undefined>;
  names: Names;
}

export interface Finding {
  state: string;
  /** Undefined: it answers as it did. */
  text?: string | undefined;
  /** What has changed in the table, where that is all. */
  because?: string | undefined;
  /** What it would have written and had done. */
  effects: string[];
}

interface Question {
  state: string;
  attempt: Attempt;
  handler: StepHandler;
  payload: unknown;
}

/** @returns for each answer of a step that is on record; those of the weather are not */
export async function askSteps(path: Path, workshop: Workshop): Promise<Finding[]> {
  const questions = path.stretches.map(({ visits }) =>
    visits.flatMap(({ state, attempts }) =>
      attempts.flatMap((attempt) => questionIn(state, attempt, workshop.names) ?? []),
    ),
  );
  const findings: Finding[] = [];
  for (const stretch of questions) {
    // A redrive finds what the table holds then, of which its own earlier writes are a part.
    const written = new Map<string, Item | undefined>();
    for (const question of stretch) {
      const all = questions.flat();
      const later = all.slice(all.indexOf(question) + 1).filter((other) => isSame(question, other));
      const finding = await ask(question, later, written, workshop);
      if (finding) findings.push(finding);
    }
  }
  return findings;
}

/** @returns undefined for a call of something else than a step of ours */
function questionIn(state: string, attempt: Attempt, { functions }: Names): Question | undefined {
  const { FunctionName = "", Payload } = JSON.parse(attempt.parameters) as Record<string, unknown>;
  const [name = ""] = String(FunctionName)
    .replace(/^arn:.*:function:/, "")
    .split(":");
  const handler = Object.values(mapSteps((step) => step.handler)).find((one) => functions[one] === name);
  return handler && { state, attempt, handler, payload: Payload };
}

const isSame = (one: Question, other: Question) =>
  one.handler === other.handler && isSameJson(one.attempt.parameters, other.attempt.parameters);

async function ask(
  { state, attempt, handler, payload }: Question,
  later: Question[],
  written: Map<string, Item | undefined>,
  { createSteps, compose, read, names: _names }: Workshop,
): Promise<Finding | undefined> {
  const recorded = recordedAnswer(attempt);
  if (!recorded) return undefined;
  const at = new Date(attempt.scheduledAt);
  const effects: string[] = [];
  const gone: unknown[] = [];
  const readThen = (key: ItemKey) =>
    read(key).then(
      (item) => asOf(item, at),
      (error: unknown) => {
        gone.push(error);
        throw error;
      },
    );
  const table = openSnapshot({ read: readThen, written, onWrite: (what) => effects.push(what) });
  const payments = { expireCheckout: async () => void effects.push("expires a checkout session at Stripe") };
  const step = createSteps(compose(table, { payments, now: () => at }))[handler];
  const today = await answerOf(step(payload));
  if (gone.length > 0) throw gone[0];
  const text = describeDifference(recorded, today, attempt);
  const ids = idsIn(payload);
  const because =
    text && (await explain({ attempt, later: later.map((one) => one.attempt), recorded, today, ids }, read));
  return { state, text: text && `${state} ${text}`, because, effects };
}

function idsIn(payload: unknown): { userId?: string; courseId?: string } {
  const { event = payload } = (payload ?? {}) as { event?: unknown };
  const { userId, courseId } = (event ?? {}) as Record<string, unknown>;
  return {
    ...(typeof userId === "string" && { userId }),
    ...(typeof courseId === "string" && { courseId }),
  };
}
