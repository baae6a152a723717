/** Replays the executions of a deployment, or of any state machine, on a definition. */
import { findQueueUrl } from "#handlers/adapters/sqs/queues.ts";
import { createExecutionLookup } from "#handlers/adapters/step-functions/execution-lookup.ts";
import { createPatientClient } from "#handlers/adapters/step-functions/executions.ts";
import { executionArnOf } from "#handlers/adapters/step-functions/names.ts";
import { createReadingClient } from "#handlers/adapters/step-functions/pace.ts";
import { findStateMachineArn } from "#handlers/adapters/step-functions/state-machine.ts";
import { isOnThisMachine } from "#infra/one-machine/aws-connection.ts";
import { chooseDeployment, pointAt } from "../settings.ts";
import { loadCandidate, readCandidate } from "./candidate.ts";
import { readRecordings } from "./read-recordings.ts";
import { createReplay, type ReplayReport } from "./replay.ts";

interface ReplayRequest {
  stage: string;
  local?: boolean;
  since: Date;
  /** A file; undefined: ours. */
  definition?: string;
  /** An ARN; undefined: the deployment's. */
  stateMachine?: string;
}

/** How many executions there are between two words about it. */
const TELL_EVERY = 200;

/** @throws DefinitionRefused */
export async function replayExecutions(
  request: ReplayRequest,
  announce: (step: string) => void,
): Promise<ReplayReport> {
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
  let done = 0;
  for await (const recording of readRecordings({ lookup, since: request.since })) {
    await replay.add(recording);
    done += 1;
    if (done % TELL_EVERY === 0) announce(`${done} executions, back to ${recording.execution.startedAt}`);
  }
  return replay.report();
}
