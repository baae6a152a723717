/** Replays the executions of a deployment, or of any state machine, on a definition. */
import { findQueueUrl } from "#handlers/adapters/sqs/queues.ts";
import { createExecutionLookup } from "#handlers/adapters/step-functions/execution-lookup.ts";
import { createPatientClient } from "#handlers/adapters/step-functions/executions.ts";
import { executionArnOf } from "#handlers/adapters/step-functions/names.ts";
import { createReadingClient } from "#handlers/adapters/step-functions/pace.ts";
import { findStateMachineArn } from "#handlers/adapters/step-functions/state-machine.ts";
import type { Names } from "#infra/deployment/names.ts";
import { isOnThisMachine } from "#infra/one-machine/aws-connection.ts";
import { chooseDeployment, pointAt } from "../settings.ts";
import { loadCandidate, readCandidate } from "./candidate.ts";
import { readRecordings } from "./read-recordings.ts";
import { createReplay, type ReplayReport } from "./replay.ts";
import type { StepsReport } from "./steps/steps-report.ts";

interface ReplayRequest {
  stage: string;
  local?: boolean;
  since: Date;
  /** A file; undefined: ours. */
  definition?: string;
  /** An ARN; undefined: the deployment's. */
  stateMachine?: string;
  /** Of our own state machine only: also asks today's steps. */
  steps?: boolean;
}

export interface FullReport extends ReplayReport {
  steps?: StepsReport;
}

/** How many executions there are between two words about it. */
const TELL_EVERY = 200;

/** Loaded late: it takes what it is told by the environment as it is loaded. */
const openSteps = async (names: Names) => (await import("./steps/open-steps.ts")).openSteps(names);

/** @throws DefinitionRefused */
export async function replayExecutions(
  request: ReplayRequest,
  announce: (step: string) => void,
): Promise<FullReport> {
  const { names, environment } = chooseDeployment(request);
  // An ARN says where it is, whatever the environment says.
  const [, , , region = ""] = request.stateMachine?.split(":") ?? [];
  if (region) pointAt(region, environment.AWS_ENDPOINT_URL);
  const stateMachineArn = request.stateMachine ?? (await findStateMachineArn(names.stateMachine));
  const place = request.stateMachine
    ? undefined
    : { names, stateMachineArn, deadLetterQueueUrl: await findQueueUrl(names.deadLetterQueue) };
  const text = await readCandidate(request.definition, place);
  const identity = { name: stateMachineArn.split(":").at(-1) ?? "", arn: stateMachineArn, roleArn: "" };
  const replay = createReplay({ loaded: loadCandidate(text), identity }, text, (name) =>
    executionArnOf(stateMachineArn, name),
  );
  const isHere = isOnThisMachine(environment.AWS_ENDPOINT_URL);
  const lookup = createExecutionLookup(
    stateMachineArn,
    isHere ? createPatientClient() : createReadingClient(),
  );
  const steps = request.steps ? await openSteps(names) : undefined;
  let done = 0;
  for await (const recording of readRecordings({ lookup, since: request.since })) {
    await replay.add(recording);
    await steps?.add(recording);
    done += 1;
    if (done % TELL_EVERY === 0) announce(`${done} executions, back to ${recording.execution.startedAt}`);
  }
  return { ...replay.report(), ...(steps && { steps: steps.report() }) };
}
