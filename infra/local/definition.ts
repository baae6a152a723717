/** The one definition of the state machine, with its placeholders filled in for this machine. */
import { readFile } from "node:fs/promises";
import { DEFINITION_FILE, fillPlaceholders } from "#infra/deployment/state-machine.ts";
import { mapSteps } from "#infra/deployment/steps.ts";
import { DEAD_LETTER_QUEUE_NAME, functionArn, NAMES, queueUrl } from "./names.ts";

/** By the state that invokes the function. */
export const STEP_FUNCTION_ARNS = mapSteps(({ handler }) => functionArn(NAMES.functions[handler]));

/** @returns the definition's text, as Step Functions would get it */
export async function readDefinition(awsUrl: string): Promise<string> {
  const values = fillPlaceholders({
    functionArns: STEP_FUNCTION_ARNS,
    deadLetterQueueUrl: queueUrl(awsUrl, DEAD_LETTER_QUEUE_NAME),
  });
  const text = await readFile(DEFINITION_FILE, "utf8");
  return text.replaceAll(/\$\{(\w+)\}/g, (_placeholder, name: string) => {
    const value = values[name];
    if (!value) throw new Error(`enrollment.asl.json asks for \${${name}}, which nothing provides`);
    return value;
  });
}
