/** A definition that is about to be deployed, tried on what the deployment has executed. */
import { isDeepStrictEqual } from "node:util";
import { findQueueUrl } from "#handlers/adapters/sqs/queues.ts";
import { createPatientClient } from "#handlers/adapters/step-functions/executions.ts";
import {
  findLiveArn,
  findStateMachine,
  readDefinitionText,
} from "#handlers/adapters/step-functions/state-machine.ts";
import { readCandidate } from "#infra/operate/replay/candidate.ts";
import type { ReplayReport } from "#infra/operate/replay/replay.ts";
import { replayExecutions } from "#infra/operate/replay/replay-executions.ts";
import { chooseDeployment } from "#infra/operate/settings.ts";

interface TriedStage {
  stage: string;
  since: Date;
  /** A file; undefined: ours. */
  definition?: string;
}

export type Trial =
  /** The stage has no state machine yet. */
  | { kind: "first" }
  /** Its executions run this definition already. */
  | { kind: "unchanged" }
  | { kind: "replayed"; report: ReplayReport }
  /** It could not be known. */
  | { kind: "untried"; reason: string };

/** @param announce told how far the replay has come */
export async function tryDefinition(tried: TriedStage, announce: (step: string) => void): Promise<Trial> {
  try {
    const { names } = chooseDeployment(tried);
    const stateMachineArn = await findStateMachine(names.stateMachine);
    if (!stateMachineArn) return { kind: "first" };
    const deadLetterQueueUrl = await findQueueUrl(names.deadLetterQueue);
    const place = { names, stateMachineArn, deadLetterQueueUrl };
    const [deployed, candidate] = await Promise.all([
      readDefinitionText(await findLiveArn(stateMachineArn), createPatientClient()),
      readCandidate(tried.definition, place),
    ]);
    if (isDeepStrictEqual(JSON.parse(deployed), JSON.parse(candidate))) return { kind: "unchanged" };
    return { kind: "replayed", report: await replayExecutions(tried, announce) };
  } catch (error) {
    return {
      kind: "untried",
      reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    };
  }
}
