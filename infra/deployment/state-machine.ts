/** The one definition of the state machine, and what its placeholders stand for. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { mapSteps, type StepState } from "./steps.ts";

export const DEFINITION_FILE = fileURLToPath(new URL("../../workflow/enrollment.asl.json", import.meta.url));

interface DefinitionParts {
  /** By the state that invokes the function. */
  functionArns: Record<StepState, string>;
  deadLetterQueueUrl: string;
}

/** @returns values by the placeholder's name, e.g. `ValidateSessionFunctionArn` */
export function fillPlaceholders({
  functionArns,
  deadLetterQueueUrl,
}: DefinitionParts): Record<string, string> {
  const arns = Object.values(
    mapSteps((_step, state) => [`${state}FunctionArn`, functionArns[state]] as const),
  );
  return { ...Object.fromEntries(arns), DeadLetterQueueUrl: deadLetterQueueUrl };
}

/** @returns what names the definition, however it is laid out */
export function digestOfDefinition(): string {
  const text = JSON.stringify(JSON.parse(readFileSync(DEFINITION_FILE, "utf8")));
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
