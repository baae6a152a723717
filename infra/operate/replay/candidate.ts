/** The definition that is tried: ours, with its placeholders filled in for the deployment, or any other file. */
import { readFile } from "node:fs/promises";
import type { Names } from "#infra/deployment/names.ts";
import { DEFINITION_FILE, fillPlaceholders } from "#infra/deployment/state-machine.ts";
import { mapSteps } from "#infra/deployment/steps.ts";
import { type LoadedStateMachine, loadStateMachine } from "#infra/states-language/definition.ts";
import { DefinitionRefused } from "#infra/states-language/definition-refused.ts";
import { isRecorded } from "./recorded-services.ts";

/** Where the deployment has its state machine and its queue. */
interface Place {
  names: Names;
  stateMachineArn: string;
  deadLetterQueueUrl: string;
}

/**
 * @param file undefined: ours
 * @param place undefined: a state machine that is not ours, whose definition has no placeholders
 * @returns its text, as Step Functions would get it
 * @throws DefinitionRefused for a placeholder that nothing fills in
 */
export async function readCandidate(file: string | undefined, place: Place | undefined): Promise<string> {
  const text = await readFile(file ?? DEFINITION_FILE, "utf8");
  const values = place ? valuesIn(place) : {};
  return text.replaceAll(/\$\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values[name];
    if (value) return value;
    throw new DefinitionRefused(
      `Nothing fills in ${placeholder}: write what it stands for into the definition.`,
    );
  });
}

function valuesIn({ names, stateMachineArn, deadLetterQueueUrl }: Place): Record<string, string> {
  const [, partition, , region, account] = stateMachineArn.split(":");
  const functionArns = mapSteps(
    ({ handler }) => `arn:${partition}:lambda:${region}:${account}:function:${names.functions[handler]}`,
  );
  return fillPlaceholders({ functionArns, deadLetterQueueUrl });
}

/** Another value each time, so that nothing which follows from it can be compared. */
const CHANCE = /States\.(?:UUID|MathRandom)\(/;

/**
 * @param text as Step Functions would get it
 * @throws DefinitionRefused naming the state, for what is not understood here or is a matter of chance
 */
export function loadCandidate(text: string): LoadedStateMachine {
  const loaded = loadStateMachine(text, isRecorded);
  for (const [name, state] of Object.entries(loaded.states)) {
    const [chance] = CHANCE.exec(JSON.stringify(state)) ?? [];
    if (chance)
      throw new DefinitionRefused(`State ${name} uses ${chance}), which is another value each time.`);
  }
  return loaded;
}
